package io.holdfast.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The engine never stops, whatever happens to its messages, its work, its clock and its process. Does not verify that stores
 * and servers do what is asked of them.
 */
class EngineProgressTest {

    private static final RetryPolicy POLICY =
            new RetryPolicy(Shell.millis(10), Shell.millis(1_000), Shell.millis(300), Shell.millis(600), 3);
    private static final long RETRY_AFTER_MAX = 5_000;
    private static final int STEPS_MAX = 60;

    private static final Gen<Failure> FAILURES = Gens.zip(
            Gens.pick(ErrorCode.values()),
            Gens.longs(0, RETRY_AFTER_MAX),
            Gens.booleans(),
            Gens.booleans(),
            (code, after, notApplied, broken) ->
                    broken ? new Failure(ErrorCode.INTERNAL, "", 0, false) : new Failure(code, "", after, notApplied));

    @Test
    void somethingIsAlwaysUnderWayOrTheEngineHasAskedToBeWoken() {
        Property.of("the engine is never stuck").tries(2_000).drawing(choices -> {
            Shell shell = new Shell(POLICY);
            shell.tick();
            int steps = choices.index(STEPS_MAX);
            for (int i = 0; i < steps; i++) {
                int before = shell.effects.size();
                step(shell, choices);
                choices.note(() -> shell.clockMillis + ": " + shell.effects.subList(before, shell.effects.size()));
                assertNotStuck(shell);
            }
            shell.pass(choices.index(2_000));
            assertLevelsOnceAllIsWell(shell);
        });
    }

    private static void step(Shell shell, Choices choices) {
        switch (choices.index(12)) {
            case 0 -> shell.pass(Gens.longs(0, 400).next(choices));
            case 1 -> shell.want(Gens.pick(Event.Reason.values()).next(choices));
            case 2 -> shell.on(new Event.ChallengeWanted(shell.clockMillis, "ab"));
            case 3 -> shell.tick();
            case 4 -> shell.alarm.ifPresent(at -> shell.ring());
            case 5 -> shell.clockMillis += Gens.longs(-1_000_000, 1_000_000).next(choices);
            case 6 -> shell.restart();
            case 7 ->
                shell.sent.ifPresent(message -> shell.answered(
                        message.request() - choices.index(3),
                        Gens.longs(0, 1L << 42).next(choices)));
            case 8 -> {
                if (!shell.idle() || shell.sent.isPresent()) {
                    shell.failed(FAILURES.next(choices));
                }
            }
            default -> {
                if (shell.preparing.isPresent()) {
                    shell.prepared(choices.index(5) - 1);
                } else if (shell.absorbing.isPresent()) {
                    shell.absorbed(outcome(shell.absorbing.get().sent(), choices));
                } else if (shell.sent.isPresent()) {
                    shell.answered();
                }
            }
        }
    }

    private static Outcome outcome(Outgoing sent, Choices choices) {
        return switch (sent) {
            case Outgoing.Register ignored -> new Outcome.Registered();
            case Outgoing.Exchange ignored ->
                switch (choices.index(6)) {
                    case 1 -> new Outcome.Unregistered();
                    case 2 -> new Outcome.Forked("r");
                    case 3 -> new Outcome.EpochChanged("2-e", 1);
                    case 4 -> new Outcome.NotWithdrawn();
                    default -> Shell.applied(flag(choices), flag(choices), flag(choices));
                };
            case Outgoing.Reconcile compare ->
                choices.index(4) == 1 ? new Outcome.Behind() : compared(compare.work(), choices);
        };
    }

    private static Outcome compared(Work work, Choices choices) {
        Set<Integer> leaves = Gens.ints(0, 9).set(0, 4).next(choices);
        return work instanceof Work.CompareLeaves
                ? new Outcome.LeavesCompared(List.of(), flag(choices))
                : new Outcome.NodesCompared(new TreeSet<>(leaves));
    }

    private static boolean flag(Choices choices) {
        return choices.index(2) == 1;
    }

    private static void assertNotStuck(Shell shell) {
        boolean working = !shell.idle();
        boolean awaited = shell.engine.underWay() && shell.sent.isPresent() && shell.alarm.isPresent();
        boolean resting = !shell.engine.underWay() && shell.alarm.isPresent();
        assertThat(working || awaited || resting)
                .as("working %s, awaited %s, resting %s", working, awaited, resting)
                .isTrue();
        shell.alarm.ifPresent(alarm -> assertThat(alarm - shell.passedMillis)
                .as("how long it wants to sleep")
                .isLessThanOrEqualTo(Math.max(RETRY_AFTER_MAX, POLICY.cap().toMillis())));
    }

    /** Now everything is answered, and equal: it must come to rest level, soon, without anybody's help. */
    private static void assertLevelsOnceAllIsWell(Shell shell) {
        long began = shell.passedMillis;
        for (int i = 0; shell.engine.underWay() || shell.engine.status().phase() != Phase.LEVEL; i++) {
            assertThat(i).as("steps to level").isLessThan(30);
            if (shell.preparing.isPresent()) {
                shell.prepared(0);
                shell.answered();
            } else if (shell.absorbing.isPresent()) {
                shell.absorbed(fine(shell.absorbing.get().sent()));
            } else {
                shell.ring();
            }
        }
        // One wait that a clock set back lengthened at most once, and one answer that was lost before.
        assertThat(shell.passedMillis - began).isLessThanOrEqualTo(2 * RETRY_AFTER_MAX + 2 * 300);
    }

    private static Outcome fine(Outgoing sent) {
        return switch (sent) {
            case Outgoing.Register ignored -> new Outcome.Registered();
            case Outgoing.Exchange ignored -> Shell.applied(true, true, false);
            case Outgoing.Reconcile compare -> Shell.fine(compare.work());
        };
    }
}
