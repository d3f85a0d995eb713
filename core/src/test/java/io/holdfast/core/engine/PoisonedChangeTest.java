package io.holdfast.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Changes over which the server fails each time, with whatever batch they come. */
class PoisonedChangeTest {

    private static final RetryPolicy POLICY = RetryPolicy.defaults();
    private static final Map<String, FieldEdit> ONE_MORE = Map.of("n", new FieldEdit.Add(1));
    private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

    private final Scene scene = new Scene();
    private final Scene.Device phone = scene.device();

    @Test
    void standsAloneInQuarantineAndHoldsNothingUp() {
        isolate();
        for (String id : IDS) {
            assertThat(total(scene.stored(id).value("n"))).as(id).isEqualTo(id.equals("f") ? 0 : 1);
            assertThat(refused(phone.record(id))).as(id).isEqualTo(id.equals("f"));
        }
        Layer layer = phone.record("f").layer(Layer.State.QUARANTINED).orElseThrow();
        assertThat(layer.refusal().orElseThrow().code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(layer.refusal().orElseThrow().message())
                .startsWith("The server failed 6 times over this change alone, and served")
                .endsWith("The server failed.");
        assertThat(replica(phone)).isEqualTo("replica-1");
    }

    /** Eight records, of which the server fails over one. */
    private void isolate() {
        DrivenDevice driven = new DrivenDevice(scene, phone, POLICY, phone::answer);
        IDS.forEach(id -> phone.put(id, ONE_MORE));
        scene.poison(Set.of("f"));
        driven.on(new Event.Tick(scene.now()));
        untilDone(driven);
    }

    @Test
    void goesOnWhenAPersonRetriesItAtAServerThatIsMended() {
        isolate();
        scene.poison(Set.of());
        phone.retry("f");
        assertThat(phone.level()).isTrue();
        assertThat(total(scene.stored("f").value("n"))).isEqualTo(1);
    }

    @Test
    void anOutageIsNotTakenForAPoisonedChange() {
        phone.level();
        phone.put("a", ONE_MORE);
        boolean[] out = {true};
        DrivenDevice driven = new DrivenDevice(scene, phone, POLICY, message -> {
            if (out[0]) {
                throw new HoldfastException(ErrorCode.INTERNAL, "The database is being rebuilt.");
            }
            return phone.answer(message);
        });
        driven.on(new Event.Tick(scene.now()));
        for (int i = 0; i < 50; i++) {
            driven.sleep();
        }
        assertThat(driven.said)
                .anySatisfy(message -> assertThat(withdraws(message)).isTrue());
        out[0] = false;
        untilDone(driven);
        assertThat(refused(phone.record("a"))).isFalse();
        assertThat(total(scene.stored("a").value("n"))).isEqualTo(1);
        assertThat(replica(phone)).isEqualTo("replica-1");
    }

    @Test
    void aBatchThatWasAppliedIsNotWithdrawn() {
        phone.level();
        phone.put("a", ONE_MORE);
        phone.put("b", ONE_MORE);
        int[] failures = {4};
        DrivenDevice driven = new DrivenDevice(scene, phone, POLICY, message -> {
            Incoming answer = phone.answer(message);
            if (!withdraws(message) && failures[0]-- > 0) {
                throw new HoldfastException(ErrorCode.INTERNAL, "The answer could not be written.");
            }
            return answer;
        });
        driven.on(new Event.Tick(scene.now()));
        untilDone(driven);
        assertThat(driven.said).filteredOn(PoisonedChangeTest::withdraws).hasSize(1);
        assertThat(total(scene.stored("a").value("n"))).isEqualTo(1);
        assertThat(replica(phone)).isEqualTo("replica-1");
        assertThat(account(ChangeState.ACCEPTED)).isEqualTo(2);
    }

    @Test
    void aWithdrawnBatchThatArrivesLateChangesNothing() {
        DrivenDevice driven = new DrivenDevice(scene, phone, POLICY, phone::answer);
        IDS.forEach(id -> phone.put(id, ONE_MORE));
        scene.poison(Set.of("a"));
        driven.on(new Event.Tick(scene.now()));
        untilDone(driven);
        scene.poison(Set.of());
        long sequence = scene.head().sequence();
        driven.said.stream()
                .filter(message -> message instanceof Outgoing.Exchange)
                .forEach(phone::answer);
        assertThat(scene.head().sequence()).isEqualTo(sequence);
        assertThat(scene.stored("a").absent()).isTrue();
        assertThat(phone.level()).isTrue();
    }

    @Test
    void aServerThatKnowsNoWithdrawalGetsTheBatchAgain() {
        phone.level();
        phone.put("a", ONE_MORE);
        int[] failures = {20};
        DrivenDevice driven = new DrivenDevice(scene, phone, POLICY, message -> {
            if (withdraws(message)) {
                throw new DrivenDevice.Refused(ErrorCode.BATCH_TOO_LARGE);
            }
            if (failures[0]-- > 0) {
                throw new HoldfastException(ErrorCode.INTERNAL, "");
            }
            return phone.answer(message);
        });
        driven.on(new Event.Tick(scene.now()));
        untilDone(driven);
        assertThat(total(scene.stored("a").value("n"))).isEqualTo(1);
        assertThat(driven.said).filteredOn(PoisonedChangeTest::withdraws).hasSize(3);
    }

    @Test
    void neitherAServerThatNamesATimeNorAPolicyThatSuspectsNothingWithdraws() {
        assertWithdrawsNothing(POLICY, new Failure(ErrorCode.INTERNAL, "", 1_000, false));
        assertWithdrawsNothing(POLICY, new Failure(ErrorCode.UNAVAILABLE, "", 0, false));
        assertWithdrawsNothing(POLICY.withSuspectAfter(0), new Failure(ErrorCode.INTERNAL, "", 0, false));
    }

    private static void assertWithdrawsNothing(RetryPolicy policy, Failure failure) {
        Shell shell = new Shell(policy);
        shell.tick();
        for (int i = 0; i < 20; i++) {
            shell.prepared(4);
            shell.failed(failure);
            assertThat(shell.preparing).isEmpty();
            shell.ring();
        }
    }

    @Test
    void withAnyNetworkAndAnyProcessOnlyPoisonStaysBehind() {
        Property.of("only poisoned transactions are quarantined, all others count once")
                .tries(400)
                .drawing(choices -> {
                    World world = new World(choices, false);
                    world.run();
                    for (String id : IDS) {
                        LocalRecord record = world.device.record(id);
                        if (refused(record)) {
                            assertThat(world.transaction(record))
                                    .as("refused with " + id)
                                    .anyMatch(world.poisoned::contains);
                        } else {
                            assertThat(total(world.scene.stored(id).value("n")))
                                    .as(id)
                                    .isEqualTo(world.added(id));
                        }
                    }
                });
    }

    @Test
    void withAServerThatAlsoFailsAtRandomNothingIsLostOrCountedTwice() {
        Property.of("failures before and after a batch is applied lose nothing")
                .tries(400)
                .drawing(choices -> {
                    World world = new World(choices, true);
                    world.run();
                    for (String id : IDS) {
                        long stored = total(world.scene.stored(id).value("n"));
                        assertThat(total(world.device.value(id, "n"))).as(id).isEqualTo(world.added(id));
                        assertThat(stored).as(id).isLessThanOrEqualTo(world.added(id));
                        if (!refused(world.device.record(id))) {
                            assertThat(stored).as(id).isEqualTo(world.added(id));
                        }
                    }
                });
    }

    /** Writes, sleeps, crashes and misfortunes of messages, as drawn; then a network that only poison troubles. */
    private static final class World {
        private final Scene scene = new Scene();
        private final Scene.Device device = scene.device();
        private final Choices choices;
        private final boolean failing;
        private final Set<String> poisoned;
        private final DrivenDevice driven;
        private final Map<String, Long> added = new HashMap<>();
        private boolean troubled = true;
        private boolean crashed;

        World(Choices choices, boolean failing) {
            this.choices = choices;
            this.failing = failing;
            this.poisoned = Gens.pick(IDS).set(0, 3).next(choices);
            this.driven = new DrivenDevice(scene, device, POLICY, this::carry);
            scene.poison(poisoned);
            choices.note(() -> "poisoned " + poisoned);
        }

        long added(String id) {
            return added.getOrDefault(id, 0L);
        }

        void run() {
            driven.on(new Event.Tick(scene.now()));
            for (int steps = choices.index(40); steps > 0; steps--) {
                step();
            }
            troubled = false;
            untilDone(driven);
            Account account = device.store().read(transaction -> transaction.account());
            assertThat(account.balanced()).as("%s", account).isTrue();
            if (!crashed) {
                assertThat(replica(device)).isEqualTo("replica-1");
            }
        }

        private void step() {
            switch (choices.index(8)) {
                case 0, 1, 2 -> {
                    Set<String> ids = Gens.pick(IDS).set(1, 3).next(choices);
                    choices.note(() -> "writes " + ids);
                    device.putAll(ids, ONE_MORE);
                    ids.forEach(id -> added.merge(id, 1L, Long::sum));
                    driven.on(new Event.Wanted(scene.now(), Event.Reason.WRITE));
                }
                case 3 -> driven.on(new Event.Wanted(scene.now(), Event.Reason.PERSON));
                case 4 -> {
                    choices.note(() -> "crashes");
                    crashed = true;
                    driven.restart();
                }
                default -> driven.sleep();
            }
        }

        private Incoming carry(Outgoing message) {
            return switch (troubled ? choices.index(10) : 9) {
                case 0 -> throw new DrivenDevice.Lost();
                case 1 -> {
                    device.answer(message);
                    throw new DrivenDevice.Lost();
                }
                case 2 -> {
                    replay();
                    yield device.answer(message);
                }
                case 3, 4 -> {
                    failIf(failing);
                    yield device.answer(message);
                }
                case 5 -> {
                    Incoming answer = device.answer(message);
                    failIf(failing);
                    yield answer;
                }
                default -> device.answer(message);
            };
        }

        private static void failIf(boolean failing) {
            if (failing) {
                throw new HoldfastException(ErrorCode.INTERNAL, "The server failed by chance.");
            }
        }

        /** Something said long ago arrives once more. */
        private void replay() {
            try {
                device.answer(driven.said.get(choices.index(driven.said.size())));
            } catch (HoldfastException nobodyHearsIt) {
                // Its answer goes to a request that nobody waits for.
            }
        }

        /** The ids of all that was refused with a record. */
        private List<String> transaction(LocalRecord record) {
            long group = record.layer(Layer.State.QUARANTINED).orElseThrow().group();
            List<LocalRecord> members = group == 0
                    ? List.of(record)
                    : device.store().read(transaction -> transaction.quarantinedGroup(group));
            return members.stream().map(member -> member.key().id()).toList();
        }
    }

    private static void untilDone(DrivenDevice driven) {
        for (int i = 0; !driven.done(); i++) {
            assertThat(i).as("sleeps until everything is settled").isLessThan(400);
            driven.sleep();
        }
    }

    private static boolean withdraws(Outgoing message) {
        return message instanceof Outgoing.Exchange exchange
                && !exchange.batch().equals(BatchMark.NONE)
                && exchange.changes() == 0;
    }

    private static boolean refused(LocalRecord record) {
        return record.layer(Layer.State.QUARANTINED).isPresent();
    }

    private static long total(Value value) {
        return value instanceof CounterValue counter ? counter.sum() : 0;
    }

    private static String replica(Scene.Device device) {
        return device.store()
                .read(transaction -> transaction.device().identity().replica());
    }

    private long account(ChangeState state) {
        return phone.store().read(transaction -> transaction.account().in(state));
    }
}
