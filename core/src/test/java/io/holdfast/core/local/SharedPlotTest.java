package io.holdfast.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.engine.Incoming;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.engine.Work;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.local.memory.InMemoryLocalStorage;
import io.holdfast.core.record.RecordState;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.gen.Tuple;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.stateful.StateMachine;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Two devices and a server that refuses some of what they write, while answers are lost, copies are restored on either side
 * and rows are damaged: each store stays sound, and once all is well both hold the same. Does not verify who wins.
 */
class SharedPlotTest {

    private static final Gen<String> NAMES = Gens.pick("rose", "fern", Plot.WEED);
    private static final Gen<Integer> SIDES = Gens.ints(0, 1);

    /** One device, with the copy of its store that would be restored, and the message it has under way. */
    private static final class Side {
        private final Gardener gardener;
        private final Accounting accounting;
        private final Set<BatchMark> asked = new HashSet<>();
        private InMemoryLocalStorage copy;
        private long copyMade;
        private Optional<Outgoing> sent = Optional.empty();
        private Optional<Incoming> answer = Optional.empty();

        Side(Plot plot, String name, long incarnation) {
            gardener = new Gardener(plot, name, incarnation);
            accounting = new Accounting(gardener);
            copy = gardener.storage.copy();
        }

        void write(List<Tuple.Two<Integer, Map<String, FieldEdit>>> writes) {
            accounting.made(gardener.write(writer -> writes.forEach(write -> {
                if (LocalGens.deletes(write.second())) {
                    writer.delete(Plot.plant(write.first()));
                } else {
                    writer.put(Plot.plant(write.first()), write.second(), LocalWriter.Check.NONE);
                }
            })));
        }

        /** A transaction that fails leaves no trace. */
        void writeInVain(List<Tuple.Two<Integer, Map<String, FieldEdit>>> writes) {
            List<LocalRecord> before = gardener.storage.records();
            assertThatThrownBy(() -> gardener.write(writer -> {
                        writes.forEach(
                                write -> writer.put(Plot.plant(write.first()), Map.of(), LocalWriter.Check.NONE));
                        writer.put(Plot.plant(0), Map.of("color", Plot.text("red")), LocalWriter.Check.NONE);
                    }))
                    .hasMessageContaining("color");
            assertThat(gardener.storage.records()).isEqualTo(before);
        }

        void go() {
            if (sent.isEmpty()) {
                sent = Optional.of(gardener.prepare(new Work.Exchange()));
            } else if (answer.isEmpty()) {
                sent.map(message -> message instanceof Outgoing.Exchange exchange ? exchange.batch() : BatchMark.NONE)
                        .ifPresent(asked::add);
                answer = sent.map(gardener::ask);
            } else {
                gardener.absorb(sent.get(), answer.get());
                forget();
            }
        }

        void forget() {
            sent = Optional.empty();
            answer = Optional.empty();
        }

        void backup() {
            copy = gardener.storage.copy();
            copyMade = accounting.made();
        }

        void restore() {
            gardener.restore(copy);
            accounting.madeAfterAll(copyMade);
            forget();
        }

        boolean mayRefuse() {
            Optional<FrozenBatch> first = gardener.storage.read(LocalTransaction::firstFrozen);
            return first.isPresent() && !asked.contains(first.get().mark());
        }

        void refuseBatch() {
            Refusal why = new Refusal(ErrorCode.BATCH_TOO_LARGE, "", "too large", gardener.now());
            gardener.change(transaction -> new Absorption(Plot.ALL, transaction, gardener.now()).quarantineBatch(why));
            forget();
        }

        void retry() {
            firstRefused()
                    .ifPresent(record -> gardener.change(
                            transaction -> gardener.quarantine(transaction).retry(record.key())));
        }

        void discard() {
            long discarded = gardener.account().in(ChangeState.DISCARDED);
            firstRefused()
                    .ifPresent(record -> gardener.change(transaction -> gardener.quarantine(transaction)
                            .discard(record.key(), "Ada", "a weed after all", gardener.now())));
            assertThat(gardener.history().stream()
                            .filter(entry -> entry.kind() == HistoryEntry.Kind.DISCARDED)
                            .count())
                    .isGreaterThanOrEqualTo(gardener.account().in(ChangeState.DISCARDED) - discarded);
        }

        private Optional<LocalRecord> firstRefused() {
            return gardener.storage.read(transaction -> transaction.quarantined(1)).stream()
                    .findFirst();
        }

        void sound() {
            accounting.holds();
        }

        /** Every change that stands nowhere is in the history. */
        void rememberedLosses() {
            long lost = gardener.history().stream()
                    .filter(entry -> entry.kind() == HistoryEntry.Kind.CONFLICT)
                    .count();
            assertThat(lost).isGreaterThanOrEqualTo(gardener.account().in(ChangeState.SUPERSEDED));
        }

        void level() {
            forget();
            gardener.level();
            sound();
            assertThat(gardener.account().in(ChangeState.PENDING)).isZero();
            assertThat(gardener.account().in(ChangeState.IN_FLIGHT)).isZero();
            assertThat(gardener.proof(Proof.Level.L0).equal()).isTrue();
        }
    }

    private static final class World {
        private final Plot plot = new Plot();
        private final List<Side> sides = List.of(new Side(plot, "ada", 1), new Side(plot, "bob", 2));
        private InMemoryServerStorage backup = plot.storage().copy();

        Side side(int number) {
            return sides.get(number);
        }

        void backup() {
            backup = plot.storage().copy();
        }

        void restore() {
            plot.restore(backup);
        }

        void sound() {
            sides.forEach(Side::sound);
            sides.forEach(Side::rememberedLosses);
        }

        void converge() {
            sides.forEach(Side::level);
            sides.forEach(Side::level);
            sides.get(0).level();
            assertThat(confirmed(sides.get(0))).isEqualTo(confirmed(sides.get(1)));
        }

        private static Map<String, RecordState> confirmed(Side side) {
            Map<String, RecordState> confirmed = new TreeMap<>();
            side.gardener.storage.records().stream()
                    .filter(record -> record.confirmed().live())
                    .forEach(record -> confirmed.put(record.key().toString(), record.confirmed()));
            return confirmed;
        }
    }

    @Test
    void storesStaySoundAndConvergeWhateverHappens() {
        StateMachine.of(World::new)
                .action(
                        "write",
                        Gens.tuple(SIDES, LocalGens.transactions(NAMES)),
                        (world, write) -> world.side(write.first()).write(write.second()))
                .weight(8)
                .action("go", SIDES, (world, side) -> world.side(side).go())
                .weight(10)
                .action(
                        "lose what is under way",
                        SIDES,
                        (world, side) -> world.side(side).forget())
                .action(
                        "write in vain",
                        Gens.tuple(SIDES, LocalGens.transactions(NAMES)),
                        (world, write) -> world.side(write.first()).writeInVain(write.second()))
                .action("refuse the batch", SIDES, (world, side) -> {
                    if (world.side(side).mayRefuse()) {
                        world.side(side).refuseBatch();
                    }
                })
                .action("retry", SIDES, (world, side) -> world.side(side).retry())
                .weight(2)
                .action("discard", SIDES, (world, side) -> world.side(side).discard())
                .action(
                        "copy the store",
                        SIDES,
                        (world, side) -> world.side(side).backup())
                .action(
                        "restore the store",
                        SIDES,
                        (world, side) -> world.side(side).restore())
                .action("copy the server", World::backup)
                .action("restore the server", World::restore)
                .action(
                        "set the clock",
                        Gens.tuple(SIDES, Gens.longs(-50_000, 50_000)),
                        (world, set) -> world.side(set.first()).gardener.aheadMillis = set.second())
                .action(
                        "freeze at most",
                        Gens.tuple(SIDES, Gens.ints(1, 3)),
                        (world, most) -> world.side(most.first()).gardener.changesMax = most.second())
                .action("converge", World::converge)
                .weight(2)
                .invariant("the stores are sound", World::sound)
                .check(Property.of("two devices and a server that refuses").tries(500));
    }
}
