package io.holdfast.testkit.stateful;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StateMachineTest {

    /** A stack that forgets its third element, beside a right one. */
    private static final class Stacks {
        final Deque<Integer> model = new ArrayDeque<>();
        final List<Integer> system = new ArrayList<>();
        final int capacity;

        Stacks(int capacity) {
            this.capacity = capacity;
        }

        void push(int value) {
            model.push(value);
            if (system.size() < capacity) {
                system.add(value);
            }
        }

        void pop() {
            int popped = system.isEmpty() ? -1 : system.removeLast();
            assertThat(popped).isEqualTo(model.pop());
        }
    }

    @Test
    void passesWhenTheSystemIsRight() {
        stacks(Integer.MAX_VALUE).check(Property.of("a right stack"));
    }

    @Test
    void findsTheShortestSequenceOfActions() {
        for (int seed = 0; seed < 10; seed++) {
            AssertionError error =
                    failure(stacks(2), Property.of("a wrong stack").seed(seed));
            assertThat(error)
                    .hasMessageContaining("smallest case: push(0)\n    push(0)\n    push(1)\n    pop()\n  failure");
        }
    }

    @Test
    void namesTheInvariantThatBreaks() {
        StateMachine<Stacks> machine = stacks(2)
                .invariant("sizes agree", stacks -> assertThat(stacks.system).hasSameSizeAs(stacks.model));
        assertThat(failure(machine, Property.of("sizes")))
                .hasMessageContaining(
                        "smallest case: push(0)\n    push(0)\n    push(0)\n    breaks: sizes agree\n  failure");
    }

    @Test
    void drawsArgumentsFromTheWorldAndOnlyAllowedActions() {
        AtomicInteger removed = new AtomicInteger();
        StateMachine.<Set<Integer>>of(TreeSet::new)
                .action("add", Gens.ints(0, 9), Set::add)
                .actionFrom("remove", set -> Gens.pick(List.copyOf(set)), (set, value) -> {
                    assertThat(set.remove(value)).isTrue();
                    removed.incrementAndGet();
                })
                .when(set -> !set.isEmpty())
                .weight(2)
                .check(Property.of("only what is there is removed"));
        assertThat(removed).hasPositiveValue();
    }

    @Test
    void runsOnlyAllowedActionsWhileShrinking() {
        AtomicInteger violations = new AtomicInteger();
        StateMachine<Deque<Integer>> machine = StateMachine.<Deque<Integer>>of(ArrayDeque::new)
                .action("push", Gens.ints(0, 100), (stack, value) -> {
                    stack.push(value);
                    assertThat(stack.size()).isLessThan(5);
                })
                .action("pop", stack -> {
                    if (stack.poll() == null) {
                        violations.incrementAndGet();
                    }
                })
                .when(stack -> !stack.isEmpty());
        assertThat(failure(machine, Property.of("five deep"))).hasMessageContaining("push(0)\n    push(0)\n  failure");
        assertThat(violations).hasValue(0);
    }

    @Test
    void findsNoMoreStepsThanAllowed() {
        AtomicInteger most = new AtomicInteger();
        StateMachine.of(AtomicInteger::new)
                .action("count", world -> most.accumulateAndGet(world.incrementAndGet(), Math::max))
                .steps(7)
                .check(Property.of("steps"));
        assertThat(most).hasValue(7);
    }

    @Test
    void closesEveryWorldThatItOpened() {
        AtomicInteger open = new AtomicInteger();
        class World implements AutoCloseable {
            World() {
                open.incrementAndGet();
            }

            void fail(int value) {
                assertThat(value).isLessThan(5);
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        }
        AssertionError error = failure(
                StateMachine.of(World::new).action("fail", Gens.ints(0, 9), World::fail), Property.of("closes"));
        assertThat(error).hasMessageContaining("smallest case: fail(5)\n");
        assertThat(open).hasValue(0);
    }

    @Test
    void refusesToRunWithoutActions() {
        assertThatIllegalStateException()
                .isThrownBy(() -> StateMachine.of(Object::new).check(Property.of("nothing")));
    }

    private static StateMachine<Stacks> stacks(int capacity) {
        return StateMachine.of(() -> new Stacks(capacity))
                .action("push", Gens.ints(0, 100), Stacks::push)
                .action("pop", Stacks::pop)
                .when(stacks -> !stacks.model.isEmpty());
    }

    private static <W> AssertionError failure(StateMachine<W> machine, Property property) {
        return catchThrowableOfType(AssertionError.class, () -> machine.check(property));
    }
}
