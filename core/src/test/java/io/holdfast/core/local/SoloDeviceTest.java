package io.holdfast.core.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.engine.Incoming;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.engine.Work;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.gen.Tuple;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.stateful.StateMachine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A single writer sees its own writes, and nothing else, whatever happens on the way to a server that refuses nothing.
 * Verifies reading, freezing, settling and the account. Does not verify conflicts.
 */
class SoloDeviceTest {

    private static final class World {
        private final Gardener gardener = new Gardener(new Plot(), "solo", 1);
        private final List<PlantModel> plants = new ArrayList<>();
        private final Accounting accounting = new Accounting(gardener);
        private final Set<BatchMark> asked = new HashSet<>();
        private Optional<Outgoing> sent = Optional.empty();
        private Optional<Incoming> answer = Optional.empty();

        World() {
            for (int i = 0; i < LocalGens.PLANTS; i++) {
                plants.add(new PlantModel());
            }
        }

        void write(List<Tuple.Two<Integer, Map<String, FieldEdit>>> writes) {
            accounting.made(gardener.write(writer -> writes.forEach(write -> {
                PlantModel plant = plants.get(write.first());
                if (LocalGens.deletes(write.second())) {
                    assertThat(writer.delete(Plot.plant(write.first()))).isEqualTo(plant.live());
                    plant.delete();
                } else {
                    writer.put(Plot.plant(write.first()), write.second(), LocalWriter.Check.NONE);
                    plant.put(write.second());
                }
            })));
        }

        void prepare() {
            sent = Optional.of(gardener.prepare(new Work.Exchange()));
            answer = Optional.empty();
        }

        void ask() {
            sent.ifPresent(message -> {
                if (message instanceof Outgoing.Exchange exchange) {
                    asked.add(exchange.batch());
                }
            });
            answer = sent.map(gardener::ask);
        }

        void absorb() {
            gardener.absorb(sent.orElseThrow(), answer.orElseThrow());
            forget();
        }

        void forget() {
            sent = Optional.empty();
            answer = Optional.empty();
        }

        void reopen() {
            gardener.reopen();
            forget();
        }

        void freezeAhead() {
            gardener.change(transaction -> gardener.session().freezeAhead(transaction, 1, gardener.now()));
        }

        /** Only what the server has not applied may be frozen anew. */
        boolean maySplit() {
            Optional<FrozenBatch> first = gardener.storage.read(LocalTransaction::firstFrozen);
            return first.isPresent() && !asked.contains(first.get().mark());
        }

        void split() {
            gardener.change(transaction -> new Absorption(Plot.ALL, transaction, gardener.now()).split());
            forget();
        }

        void seesItsOwnWrites() {
            for (int i = 0; i < LocalGens.PLANTS; i++) {
                assertThat(PlantModel.shown(gardener.visible(i)))
                        .as("plant %d", i)
                        .isEqualTo(plants.get(i).shown());
            }
        }

        void levels() {
            forget();
            gardener.aheadMillis = 0;
            gardener.level();
            seesItsOwnWrites();
            accounting.holds();
            assertThat(gardener.account().states())
                    .as("all is settled, and nothing lost")
                    .containsOnlyKeys(gardener.account().states().keySet().stream()
                            .filter(state -> state == ChangeState.ACCEPTED || state == ChangeState.COALESCED)
                            .toArray(ChangeState[]::new));
            assertThat(gardener.proof(Proof.Level.L0).equal()).isTrue();
        }
    }

    @Test
    void aSingleWriterSeesItsOwnWritesWhateverHappensOnTheWay() {
        StateMachine.of(World::new)
                .action("write", LocalGens.transactions(Gens.pick("rose", "fern", "")), World::write)
                .weight(5)
                .action("prepare", World::prepare)
                .weight(2)
                .action("ask", World::ask)
                .when(world -> world.sent.isPresent())
                .weight(2)
                .action("absorb", World::absorb)
                .when(world -> world.answer.isPresent())
                .weight(3)
                .action("lose the answer", World::forget)
                .action("freeze ahead", World::freezeAhead)
                .action("split", World::split)
                .when(World::maySplit)
                .action("reopen", World::reopen)
                .action("level", World::levels)
                .action("freeze at most", Gens.ints(1, 4), (world, most) -> world.gardener.changesMax = most)
                .action(
                        "set the clock",
                        Gens.longs(-100_000, 100_000),
                        (world, ahead) -> world.gardener.aheadMillis = ahead)
                .invariant("sees its own writes", World::seesItsOwnWrites)
                .invariant("the account is right", world -> world.accounting.holds())
                .check(Property.of("a single writer sees its own writes").tries(400));
    }
}
