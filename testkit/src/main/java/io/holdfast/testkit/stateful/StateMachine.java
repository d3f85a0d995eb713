package io.holdfast.testkit.stateful;

import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.gen.Weighted;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.property.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A property of a system that must hold after any sequence of actions: actions are drawn while the system runs, and a failing
 * sequence is shrunk to the shortest with the simplest arguments.
 *
 * {@snippet :
 * StateMachine.of(Stacks::new)
 *         .action("push", Gens.ints(), Stacks::push)
 *         .action("pop", Stacks::pop).when(stacks -> !stacks.isEmpty()).weight(2)
 *         .invariant("sizes agree", Stacks::sizesAgree)
 *         .check(Property.of("a stack returns what was pushed last").tries(500));
 * }
 *
 * <p>The world holds the system under test and, usually, a simple model of it to compare with; each case gets a fresh one, closed at the
 * end if it is {@link AutoCloseable}. Immutable; as thread-safe as what it was given.
 *
 * @param <W> the world
 */
public final class StateMachine<W> {

    /** The most actions of a case where {@link #steps} sets no other limit. */
    public static final int STEPS_MAX = 50;

    private static final int STEP = 3;

    /** What an action or an invariant does to the world; throws when the system misbehaves. */
    @FunctionalInterface
    public interface Deed<W> {
        /** Runs in the world. */
        void run(W world) throws Exception;
    }

    /** What an action with an argument does to the world; throws when the system misbehaves. */
    @FunctionalInterface
    public interface DeedWith<W, A> {
        /** Runs in the world. */
        void run(W world, A argument) throws Exception;
    }

    /** An action made ready: its argument is drawn, it has not run. */
    private record Step<W>(String text, Deed<W> deed) {}

    private record Action<W>(String name, int weight, Predicate<W> allowed, Function<W, Gen<Step<W>>> steps) {}

    private record Invariant<W>(String name, Deed<W> deed) {}

    private final Supplier<? extends W> worlds;
    private final List<Action<W>> actions;
    private final List<Invariant<W>> invariants;
    private final int stepsMax;

    private StateMachine(
            Supplier<? extends W> worlds, List<Action<W>> actions, List<Invariant<W>> invariants, int stepsMax) {
        this.worlds = worlds;
        this.actions = actions;
        this.invariants = invariants;
        this.stepsMax = stepsMax;
    }

    /** Returns a machine without actions; {@code worlds} makes a fresh world for every case, equal ones each time. */
    public static <W> StateMachine<W> of(Supplier<? extends W> worlds) {
        return new StateMachine<>(worlds, List.of(), List.of(), STEPS_MAX);
    }

    /** Adds an action. Put the simplest first: shrinking prefers it. */
    public StateMachine<W> action(String name, Deed<? super W> deed) {
        Step<W> step = new Step<>(name + "()", deed::run);
        return with(new Action<>(name, 1, world -> true, world -> Gens.constant(step)));
    }

    /** Adds an action with a generated argument. */
    public <A> StateMachine<W> action(String name, Gen<A> arguments, DeedWith<? super W, ? super A> deed) {
        return actionFrom(name, world -> arguments, deed);
    }

    /** Adds an action whose argument depends on the world, as one of the keys present does. */
    public <A> StateMachine<W> actionFrom(
            String name, Function<? super W, Gen<A>> arguments, DeedWith<? super W, ? super A> deed) {
        return with(new Action<>(
                name,
                1,
                world -> true,
                world -> arguments.apply(world).map(argument -> {
                    // The text is made before the deed runs, which may change the argument.
                    String text = name + "(" + Rendering.of(argument) + ")";
                    return new Step<>(text, running -> deed.run(running, argument));
                })));
    }

    /** The action added last is drawn only when {@code allowed} accepts the world. */
    public StateMachine<W> when(Predicate<? super W> allowed) {
        Action<W> last = last();
        return replacingLast(new Action<>(last.name, last.weight, allowed::test, last.steps));
    }

    /** The action added last is {@code weight} times as likely as others; from 1. */
    public StateMachine<W> weight(int weight) {
        if (weight < 1) {
            throw new IllegalArgumentException("weight must be at least 1, is " + weight);
        }
        Action<W> last = last();
        return replacingLast(new Action<>(last.name, weight, last.allowed, last.steps));
    }

    /** Adds a check that runs at the beginning and after every action. */
    public StateMachine<W> invariant(String name, Deed<? super W> deed) {
        List<Invariant<W>> all = new ArrayList<>(invariants);
        all.add(new Invariant<>(name, deed::run));
        return new StateMachine<>(worlds, actions, List.copyOf(all), stepsMax);
    }

    /** Sets the most actions of a case, from 1. */
    public StateMachine<W> steps(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("steps must be at least 1, is " + max);
        }
        return new StateMachine<>(worlds, actions, invariants, max);
    }

    /**
     * Runs the cases of {@code property}, which says how many, from which seed and where failures are kept.
     *
     * @throws AssertionError if an action or an invariant throws in some case; it lists the shortest sequence of actions
     */
    public void check(Property property) {
        if (actions.isEmpty()) {
            throw new IllegalStateException("a state machine needs at least one action");
        }
        property.drawing(choices -> {
            W world = worlds.get();
            if (world instanceof AutoCloseable closeable) {
                try (closeable) {
                    live(world, choices);
                }
            } else {
                live(world, choices);
            }
        });
    }

    private void live(W world, Choices choices) throws Exception {
        uphold(world, choices);
        long target = choices.hint(random -> random.upTo(random.upTo(3) == 0 ? stepsMax : stepsMax / 2));
        boolean more = true;
        for (int steps = 0; more && steps <= stepsMax; steps++) {
            boolean wanted = steps < target;
            int span = choices.begin(STEP);
            more = steps < stepsMax && choices.draw(1, random -> wanted ? 1 : 0) == 1;
            if (more) {
                step(world, choices);
            }
            choices.end(span);
        }
    }

    /** Runs one action. A replayed choice may name an action that the shrunk past no longer allows; it is passed over. */
    private void step(W world, Choices choices) throws Exception {
        int[] weights = actions.stream()
                .mapToInt(action -> action.allowed.test(world) ? action.weight : 0)
                .toArray();
        int chosen = (int) choices.draw(weights.length - 1L, Weighted.sampler(weights));
        if (weights[chosen] == 0) {
            return;
        }
        Step<W> step = actions.get(chosen).steps.apply(world).next(choices);
        choices.note(step::text);
        step.deed.run(world);
        uphold(world, choices);
    }

    private void uphold(W world, Choices choices) throws Exception {
        for (Invariant<W> invariant : invariants) {
            try {
                invariant.deed.run(world);
            } catch (Exception | AssertionError broken) {
                choices.note(() -> "breaks: " + invariant.name);
                throw broken;
            }
        }
    }

    private Action<W> last() {
        if (actions.isEmpty()) {
            throw new IllegalStateException("add an action first");
        }
        return actions.get(actions.size() - 1);
    }

    private StateMachine<W> with(Action<W> action) {
        List<Action<W>> all = new ArrayList<>(actions);
        all.add(action);
        return new StateMachine<>(worlds, List.copyOf(all), invariants, stepsMax);
    }

    private StateMachine<W> replacingLast(Action<W> action) {
        return new StateMachine<>(worlds, actions.subList(0, actions.size() - 1), invariants, stepsMax).with(action);
    }
}
