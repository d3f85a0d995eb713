package io.holdfast.earnings;

import io.holdfast.earnings.amount.Span;
import io.holdfast.earnings.amount.Spans;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What happens to a phone and its user, and what he must have earned in the end, by the true time alone. */
final class Script {

    /** One thing that happens. */
    sealed interface Step {
        /** Time passes. */
        record Wait(long seconds) implements Step {}

        /** He starts to mine, if he does not. */
        record Start() implements Step {}

        /** He stops, if he mines. */
        record Stop() implements Step {}

        /** The app reckons many times at once. */
        record Burst(int times) implements Step {}

        /** The network is another from now on. */
        record Connection(TestPhone.Network network) implements Step {}

        /** The app is closed and opened. */
        record Restart() implements Step {}

        /** The app dies without a word, and is opened again. */
        record Crash() implements Step {}

        /** The phone is off for a while; what was mined goes on. */
        record Reboot(long seconds) implements Step {}

        /** Somebody sets the time of day. */
        record SetClock(long seconds) implements Step {}
    }

    private static final Gen<Step> PASSING = Gens.longs(0, 240).map(Step.Wait::new);

    /** Anything but clocks that are set. */
    static final Gen<Step> ORDINARY = Gens.frequency(
            Gens.weighted(6, PASSING),
            Gens.weighted(3, Gens.constant((Step) new Step.Start())),
            Gens.weighted(2, Gens.constant((Step) new Step.Stop())),
            Gens.weighted(2, Gens.ints(1, 20).map(times -> (Step) new Step.Burst(times))),
            Gens.weighted(3, Gens.pick(TestPhone.Network.values()).map(network -> (Step) new Step.Connection(network))),
            Gens.weighted(2, Gens.constant((Step) new Step.Restart())),
            Gens.weighted(2, Gens.constant((Step) new Step.Crash())),
            Gens.weighted(1, Gens.longs(0, 2_000).map(seconds -> (Step) new Step.Reboot(seconds))));

    /** Those, and clocks that are set by up to two days. */
    static final Gen<Step> WITH_CLOCKS = Gens.frequency(
            Gens.weighted(4, ORDINARY),
            Gens.weighted(1, Gens.longs(-172_800, 172_800).map(seconds -> (Step) new Step.SetClock(seconds))));

    /** The longest delay between two tries is five minutes. */
    private static final Duration LONGEST = Duration.ofSeconds(310);

    private final EarningsWorld world;
    private final TestPhone phone;
    private Spans mined = Spans.NONE;
    private boolean mining;
    private long since;

    Script(EarningsWorld world, TestPhone phone) {
        this.world = world;
        this.phone = phone;
    }

    private long now() {
        return Duration.between(EarningsWorld.BEGIN, world.time.instant()).toNanos() / 1_000;
    }

    void play(List<Step> steps) {
        steps.forEach(this::play);
    }

    void play(Step step) {
        switch (step) {
            case Step.Wait wait -> world.run(Duration.ofSeconds(wait.seconds()));
            case Step.Start ignored -> start();
            case Step.Stop ignored -> stop();
            case Step.Burst burst -> {
                for (int i = 0; i < burst.times(); i++) {
                    phone.earnings.update();
                }
            }
            case Step.Connection connection -> phone.network = connection.network();
            case Step.Restart ignored -> phone.restartApp();
            case Step.Crash ignored -> phone.crash();
            case Step.Reboot reboot -> phone.reboot(Duration.ofSeconds(reboot.seconds()));
            case Step.SetClock set -> phone.set(Duration.ofSeconds(set.seconds()));
        }
    }

    private void start() {
        if (!mining) {
            phone.earnings.start();
            mining = true;
            since = now();
        }
    }

    private void stop() {
        if (mining) {
            phone.earnings.stop();
            mined = mined.plus(new Span(since, now()));
            mining = false;
        }
    }

    /** How long he has mined until now. */
    Spans mined() {
        return mining ? mined.plus(new Span(since, now())) : mined;
    }

    /** What he must see now. */
    BigDecimal expected() {
        return EarningsWorld.coins(Duration.ofNanos(mined().micros() * 1_000));
    }

    boolean mining() {
        return mining;
    }

    /** Gives everything time to arrive, and no more. */
    void settle() {
        phone.network = TestPhone.Network.UP;
        Instant began = world.time.instant();
        int sent = phone.sent.size();
        do {
            world.run(Duration.ofSeconds(5));
        } while ((phone.sent.size() == sent || waits()) && world.time.instant().isBefore(began.plus(LONGEST)));
    }

    private boolean waits() {
        return phone.earnings.state().syncStatus() != EarningsState.SyncState.SYNCED;
    }

    /** Stops, and gives everything time to arrive. */
    void end() {
        settle();
        stop();
        world.run(Duration.ofSeconds(10));
    }
}
