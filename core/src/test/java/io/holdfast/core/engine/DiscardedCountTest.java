package io.holdfast.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.local.Layer;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was counted, refused and given up on one store, and sent after all by a copy of it. */
class DiscardedCountTest {

    private static final String ID = "r";

    @Test
    void aCountAfterADiscardIsNotSwallowedByTheDiscardedOneOfACopy() {
        Scene scene = new Scene();
        Scene.Device phone = scene.device();
        phone.level();
        scene.refuse(true);
        phone.put(ID, adds(5));
        phone.level();
        Scene.Device copy = phone.copy();
        phone.discard(ID);
        scene.refuse(false);
        phone.put(ID, adds(3));
        assertThat(phone.level()).isTrue();
        copy.open();
        copy.retry(ID);
        assertThat(copy.level()).isTrue();
        assertThat(phone.level()).isTrue();
        assertThat(sum(scene.stored(ID).value("n"))).isEqualTo(8);
        assertThat(sum(phone.value(ID, "n"))).isEqualTo(8);
    }

    @Test
    void aStoreThatGivesUpNoCountKeepsItsIncarnation() {
        Scene scene = new Scene();
        Scene.Device phone = scene.device();
        phone.level();
        scene.refuse(true);
        phone.put(ID, Scene.is("a", 5));
        phone.level();
        long before = incarnation(phone);
        phone.discard(ID);
        assertThat(incarnation(phone)).isEqualTo(before);
        phone.put(ID, adds(5));
        phone.level();
        phone.open();
        long reopened = incarnation(phone);
        phone.discard(ID);
        assertThat(incarnation(phone)).as("counted by an earlier opening").isEqualTo(reopened);
        phone.put(ID, adds(5));
        phone.level();
        phone.discard(ID);
        assertThat(incarnation(phone)).isNotEqualTo(reopened);
    }

    private static long incarnation(Scene.Device device) {
        return device.store()
                .read(transaction -> transaction.device().identity().incarnation());
    }

    @Test
    void whateverIsSentInTheEndCountsOnce() {
        Property.of("the counter is the sum of what some store has sent")
                .tries(500)
                .drawing(choices -> {
                    World world = new World();
                    for (int steps = choices.index(30); steps > 0; steps--) {
                        world.step(choices);
                        assertThat(sum(world.scene.stored(ID).value("n"))).isEqualTo(total(world.sent));
                    }
                });
    }

    /** One thing that a person told a counter to do. */
    private record Operation(int number, long units) {}

    /** A store, and what its unsettled change is made of. */
    private static final class Copy {
        private final Scene.Device device;
        private final Set<Operation> unsettled;

        Copy(Scene.Device device, Set<Operation> unsettled) {
            this.device = device;
            this.unsettled = new LinkedHashSet<>(unsettled);
        }

        boolean refused() {
            return device.record(ID).layer(Layer.State.QUARANTINED).isPresent();
        }
    }

    private static final class World {
        private final Scene scene = new Scene();
        private final List<Copy> copies = new ArrayList<>();
        private final Set<Operation> sent = new LinkedHashSet<>();
        private int operations;
        private boolean refusing;

        World() {
            Copy phone = new Copy(scene.device(), Set.of());
            copies.add(phone);
            phone.device.level();
            refuse(true);
            count(phone, 5);
            exchange(phone);
            copy(phone);
        }

        private void refuse(boolean whether) {
            refusing = whether;
            scene.refuse(whether);
        }

        private void count(Copy copy, long units) {
            copy.device.put(ID, adds(units));
            copy.unsettled.add(new Operation(++operations, units));
        }

        private void exchange(Copy copy) {
            copy.device.level();
            if (!copy.refused()) {
                sent.addAll(copy.unsettled);
                copy.unsettled.clear();
            }
        }

        private void copy(Copy copy) {
            Scene.Device other = copy.device.copy();
            other.open();
            copies.add(new Copy(other, copy.unsettled));
        }

        void step(Choices choices) {
            int index = choices.index(copies.size());
            Copy copy = copies.get(index);
            switch (choices.index(7)) {
                case 0, 1 -> {
                    long units = Gens.pick(1L, 2L, 7L, -3L).next(choices);
                    choices.note(() -> "store " + index + " counts " + units);
                    count(copy, units);
                }
                case 2 -> {
                    refuse(!refusing);
                    choices.note(() -> refusing ? "the server refuses" : "the server accepts");
                }
                case 3 -> {
                    choices.note(() -> "store " + index + " discards");
                    if (copy.refused()) {
                        copy.device.discard(ID);
                        copy.unsettled.clear();
                    }
                }
                case 4 -> {
                    choices.note(() -> "store " + index + " retries");
                    if (copy.refused()) {
                        copy.device.retry(ID);
                    }
                }
                case 5 -> {
                    choices.note(() -> "store " + index + " is copied");
                    copy(copy);
                }
                default -> {
                    choices.note(() -> "store " + index + " exchanges");
                    exchange(copy);
                }
            }
        }
    }

    private static Map<String, FieldEdit> adds(long units) {
        return Map.of("n", new FieldEdit.Add(units));
    }

    private static long sum(Value value) {
        return value instanceof CounterValue counter ? counter.sum() : 0;
    }

    private static long total(Set<Operation> operations) {
        return operations.stream().mapToLong(Operation::units).sum();
    }
}
