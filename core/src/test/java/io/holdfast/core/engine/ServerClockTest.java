package io.holdfast.core.engine;

import static io.holdfast.core.engine.Scene.is;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.local.Layer;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server whose clock ran far ahead for a while, and what was dated by it. */
class ServerClockTest {

    private static final long HOUR = 3_600_000;
    private static final List<String> IDS = List.of("r", "s", "t");

    private final Scene scene = new Scene();
    private final Scene.Device phone = scene.device();
    private final Scene.Device laptop = scene.device();

    @Test
    void aRecordThatIsDatedInTheFutureCanBeChangedAtOnce() {
        scene.serverAhead(HOUR);
        phone.level();
        phone.put("r", is("a", 1));
        phone.level();
        scene.serverAhead(0);
        laptop.level();
        laptop.put("r", is("a", 2));
        laptop.level();
        phone.level();
        phone.put("r", is("a", 3));
        phone.put("r", is("b", 3));
        assertThat(phone.level()).isTrue();
        assertThat(scene.stored("r").value("a")).isEqualTo(new Value.Int(3));
        assertThat(phone.record("r").layers()).isEmpty();
        phone.delete("r");
        phone.level();
        assertThat(scene.stored("r").tombstone()).isTrue();
    }

    @Test
    void aStampFromTheFutureIsRefusedWhereTheRecordHasNone() {
        lostByTheServer();
        assertThat(phone.record("r").layers())
                .extracting(layer -> layer.refusal().map(why -> why.code()))
                .containsOnly(Optional.of(ErrorCode.CLOCK_AHEAD));
        assertThat(scene.stored("r").absent()).isTrue();
    }

    @Test
    void whatWasRefusedForItsDateIsSentByItselfWhenItsTimeHasCome() {
        lostByTheServer();
        phone.put("r", is("a", 2));
        phone.level();
        assertThat(phone.record("r").layer(Layer.State.QUARANTINED)).isPresent();
        scene.pass(HOUR / 2);
        phone.level();
        assertThat(phone.record("r").layer(Layer.State.QUARANTINED)).isPresent();
        scene.pass(HOUR / 2);
        assertThat(phone.level()).isTrue();
        assertThat(phone.record("r").layers()).isEmpty();
        assertThat(scene.stored("r").value("a")).isEqualTo(new Value.Int(2));
    }

    @Test
    void olderRefusedChangesDoNotHoldItUp() {
        phone.level();
        scene.backUp();
        for (int i = 0; i < 1_000; i++) {
            phone.put("other" + i, is("a", i));
        }
        phone.level();
        scene.serverAhead(HOUR);
        phone.level();
        phone.put("r", is("a", 1));
        phone.level();
        scene.serverAhead(0);
        scene.restore();
        scene.refuse(true);
        phone.level();
        scene.refuse(false);
        assertThat(phone.record("other0").layer(Layer.State.QUARANTINED)).isPresent();
        assertThat(phone.record("r").layer(Layer.State.QUARANTINED)).isPresent();
        scene.pass(HOUR);
        phone.level();
        assertThat(scene.stored("r").value("a")).isEqualTo(new Value.Int(1));
    }

    /** Something is confirmed in the future; then the server is put back to before, with a clock that is right. */
    private void lostByTheServer() {
        phone.level();
        scene.backUp();
        scene.serverAhead(HOUR);
        phone.level();
        phone.put("r", is("a", 1));
        phone.level();
        scene.serverAhead(0);
        scene.restore();
        phone.level();
    }

    @Test
    void nothingStaysBehindOnceTheClockIsRight() {
        Property.of("a server's clock that is wrong for a while refuses nothing for good")
                .tries(300)
                .drawing(choices -> {
                    Scene world = new Scene();
                    List<Scene.Device> devices = List.of(world.device(), world.device());
                    devices.forEach(Scene.Device::level);
                    world.backUp();
                    for (int steps = choices.index(25); steps > 0; steps--) {
                        Scene.Device device = Gens.pick(devices).next(choices);
                        String id = Gens.pick(IDS).next(choices);
                        switch (choices.index(7)) {
                            case 0, 1 -> device.put(id, is("a", steps));
                            case 2 -> device.delete(id);
                            case 3 ->
                                world.serverAhead(
                                        Gens.pick(0L, HOUR, 10 * HOUR, -HOUR).next(choices));
                            case 4 -> world.pass(Gens.pick(1L, HOUR).next(choices));
                            case 5 -> {
                                if (choices.index(4) == 1) {
                                    world.restore();
                                }
                            }
                            default -> device.level();
                        }
                    }
                    world.serverAhead(0);
                    devices.forEach(Scene.Device::level);
                    world.pass(11 * HOUR);
                    for (int i = 0; i < 3; i++) {
                        devices.forEach(Scene.Device::level);
                    }
                    for (String id : IDS) {
                        for (Scene.Device device : devices) {
                            assertThat(device.record(id).layers()).isEmpty();
                            assertThat(device.record(id).confirmed()).isEqualTo(world.stored(id));
                        }
                    }
                });
    }
}
