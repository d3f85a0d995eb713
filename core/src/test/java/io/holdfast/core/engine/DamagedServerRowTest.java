package io.holdfast.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.audit.Gap;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.record.Cell;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A row on the server's disk is not what was stored in it, and a device edits its record before any proof has found that. */
class DamagedServerRowTest {

    private final Scene scene = new Scene();
    private final Scene.Device phone = scene.device();

    @BeforeEach
    void twoRecords() {
        phone.put("r", Scene.is("a", 1));
        phone.put("r", Scene.is("b", 2));
        phone.put("s", Scene.is("a", 3));
        assertThat(phone.level()).isTrue();
    }

    private void editDamaged() {
        scene.damageServer("r", "b", 99);
        phone.put("r", Scene.is("a", 7));
        phone.put("s", Scene.is("a", 8));
        phone.level();
        assertThat(phone.refusals()).containsExactly(ErrorCode.RECORD_DAMAGED);
    }

    @Test
    void anEditDoesNotBuildOnIt() {
        editDamaged();
        assertThat(scene.stored("r").value("a")).isEqualTo(new Value.Int(1));
        assertThat(scene.stored("s").value("a")).as("the others go on").isEqualTo(new Value.Int(8));
        assertThat(phone.value("r", "a")).as("nothing is lost").isEqualTo(new Value.Int(7));
        Gap gap = scene.serverGaps().getFirst();
        assertThat(gap.kind()).isEqualTo(Gap.Kind.ROW_CHANGED);
        assertThat(gap.state()).isEqualTo(Gap.State.OPEN);
        assertThat(gap.here().value("b")).isEqualTo(new Value.Int(99));
    }

    @Test
    void theNextChallengeRepairsItAndTheEditIsSentAgain() {
        editDamaged();
        phone.challenge();
        assertThat(phone.level()).isTrue();
        assertThat(phone.refusals()).isEmpty();
        assertThat(scene.stored("r").value("a")).isEqualTo(new Value.Int(7));
        assertThat(scene.stored("r").value("b")).isEqualTo(new Value.Int(2));
        assertThat(scene.serverGaps()).extracting(Gap::state).containsExactly(Gap.State.REPAIRED);
        assertThat(phone.challenge()).isTrue();
    }

    @Test
    void olderRefusedChangesDoNotHoldItUp() {
        scene.refuseOthers(phone, 1_000);
        scene.damageServer("r", "b", 99);
        phone.put("r", Scene.is("a", 7));
        phone.level();
        phone.challenge();
        phone.level();
        assertThat(scene.stored("r").value("a")).isEqualTo(new Value.Int(7));
        assertThat(phone.record("r").layers()).isEmpty();
    }

    @Test
    void anotherDevicesChallengeRepairsItToo() {
        Scene.Device tablet = scene.device();
        assertThat(tablet.level()).isTrue();
        editDamaged();
        tablet.level();
        tablet.challenge();
        tablet.level();
        assertThat(scene.stored("r").value("b")).isEqualTo(new Value.Int(2));
        assertThat(phone.refusals()).hasSize(1);
        phone.level();
        assertThat(phone.challenge()).isTrue();
        assertThat(phone.level()).isTrue();
        assertThat(scene.stored("r").value("a")).isEqualTo(new Value.Int(7));
    }

    @Test
    void aTransactionWaitsWithItsDamagedRecord() {
        scene.damageServer("r", "b", 99);
        phone.putAll(List.of("r", "s"), Scene.is("a", 7));
        phone.level();
        assertThat(phone.refusals()).containsExactlyInAnyOrder(ErrorCode.RECORD_DAMAGED, ErrorCode.GROUP_REFUSED);
        phone.challenge();
        assertThat(phone.level()).isTrue();
        assertThat(scene.stored("r").value("a")).isEqualTo(new Value.Int(7));
        assertThat(scene.stored("s").value("a")).isEqualTo(new Value.Int(7));
    }

    @Test
    void aDamagedDigestIsComputedAnewAndTheEditTaken() {
        scene.damageServerDigest("r");
        phone.put("r", Scene.is("a", 7));
        assertThat(phone.level()).isTrue();
        assertThat(phone.refusals()).isEmpty();
        assertThat(scene.stored("r").value("b")).isEqualTo(new Value.Int(2));
        assertThat(scene.serverGaps()).extracting(Gap::kind).containsExactly(Gap.Kind.DIGEST_STALE);
        assertThat(scene.serverGaps()).extracting(Gap::state).containsExactly(Gap.State.REPAIRED);
    }

    /** The sum that would show which digest was changed must not be computed anew for another row's sake. */
    @Test
    void whatIsWrongWithOneRowHidesNothingOfAnother() {
        scene.damageServerDigest("s");
        scene.damageServer("r", "b", 99);
        phone.put("r", Scene.is("a", 7));
        phone.level();
        phone.challenge();
        assertThat(phone.level()).isTrue();
        assertThat(scene.stored("r").value("b")).isEqualTo(new Value.Int(2));
        assertThat(scene.serverGaps())
                .extracting(Gap::kind)
                .containsExactlyInAnyOrder(Gap.Kind.ROW_CHANGED, Gap.Kind.DIGEST_STALE);
        assertThat(scene.serverGaps()).allMatch(gap -> gap.state().closed());
    }

    @Test
    void anEditOfADeletedRecordIsTakenAsBefore() {
        phone.delete("r");
        assertThat(phone.level()).isTrue();
        scene.damageServer("r", "b", 99);
        phone.put("r", Scene.is("a", 7));
        phone.level();
        assertThat(phone.refusals()).isEmpty();
    }

    /** What it has pulled since is no proof against the row that another device has repaired. */
    @Test
    void aDeviceThatPulledTheDamagedRowDoesNotOfferIt() {
        Scene.Device tablet = scene.device();
        scene.damageServer("r", "b", -99);
        assertThat(tablet.level()).isFalse();
        phone.challenge();
        phone.level();
        tablet.challenge();
        tablet.level();
        assertThat(scene.stored("r").value("b")).isEqualTo(new Value.Int(2));
        tablet.compare();
        assertThat(tablet.value("r", "b")).isEqualTo(new Value.Int(2));
        assertThat(tablet.level()).isTrue();
    }

    /** Devices edit and exchange, bits flip on the server's disk, some device always holds what was right: nothing comes of it. */
    @Test
    void whateverFlipsAllComeToWhatWasWritten() {
        Property.of("a server's damage leaves no trace")
                .tries(100)
                .forAll(Gens.longs(0, 1_000_000).list(5, 40), Plots::run);
    }

    /** A few devices, two records, two fields. */
    private static final class Plots {
        private final Scene scene = new Scene();
        private final List<Scene.Device> devices = List.of(scene.device(), scene.device(), scene.device());
        private final Map<String, Long> written = new TreeMap<>();
        private long value = 1_000;

        static void run(List<Long> dice) {
            Plots plots = new Plots();
            plots.devices.forEach(device -> List.of("r", "s").forEach(id -> plots.put(device, id)));
            plots.levelAll();
            dice.forEach(plots::step);
            plots.comeToRest();
        }

        private void step(long die) {
            Scene.Device device = devices.get((int) (die % 3));
            String id = die / 3 % 2 == 0 ? "r" : "s";
            switch ((int) (die / 6 % 6)) {
                case 0, 1 -> put(device, id);
                case 2 -> level(device);
                case 3 -> device.challenge();
                default -> damage(id, die / 36);
            }
        }

        private void put(Scene.Device device, String id) {
            value++;
            String field = value % 2 == 0 ? "a" : "b";
            device.put(id, Scene.is(field, value));
            written.put(id + field, value);
        }

        /** Only where some device can tell what was right. */
        private void damage(String id, long die) {
            boolean known = scene.sound(id)
                    && devices.stream()
                            .map(device -> device.record(id))
                            .anyMatch(record -> record.sequence() == scene.sequence(id)
                                    && record.digest().equals(scene.digest(id)));
            String field = die % 2 == 0 ? "a" : "b";
            switch (known ? (int) (die / 2 % 3) : -1) {
                case 0 -> scene.damageServer(id, field, -die);
                case 1 -> scene.damageServer(id, field, Plots::restamped);
                case 2 -> scene.damageServerDigest(id);
                default -> {}
            }
        }

        private static Cell restamped(Cell cell) {
            return new Cell(
                    cell.value(),
                    new Stamp(cell.stamp().time() ^ 2, cell.stamp().incarnation()));
        }

        private void levelAll() {
            devices.forEach(Plots::level);
            devices.forEach(Plots::level);
        }

        /** As the engine does it: what differs is compared. */
        private static void level(Scene.Device device) {
            if (!device.level()) {
                device.compare();
            }
        }

        /** Two challenges each: the first repairs, and the second lets go what waited for another's repair. */
        private void comeToRest() {
            for (int round = 0; round < 3; round++) {
                levelAll();
                devices.forEach(Scene.Device::challenge);
            }
            levelAll();
            for (Scene.Device device : devices) {
                assertThat(device.refusals()).isEmpty();
                assertThat(device.challenge()).isTrue();
            }
            written.forEach((place, last) -> {
                String id = place.substring(0, 1);
                String field = place.substring(1);
                assertThat(scene.stored(id).value(field)).as(place).isEqualTo(new Value.Int(last));
            });
            assertThat(scene.serverGaps()).allMatch(gap -> gap.state().closed());
        }
    }
}
