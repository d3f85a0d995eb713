package io.holdfast.core.engine;

import static io.holdfast.core.engine.Scene.is;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.local.Layer;
import io.holdfast.core.value.Value;
import org.junit.jupiter.api.Test;

/** A change that was refused, and that a person sends again. Found by the simulation. */
class RetriedChangeTest {

    private final Scene scene = new Scene();
    private final Scene.Device phone = scene.device();
    private final Scene.Device laptop = scene.device();

    @Test
    void whatItReplacesUnseenIsKeptInHistory() {
        phone.level();
        phone.put("first", is("a", 1));
        phone.put("r", is("pin", 2));
        laptop.put("r", is("pin", 1));
        laptop.level();
        phone.batchMax(1);
        phone.say();
        assertThat(phone.record("r").confirmed().value("pin")).isEqualTo(new Value.Int(1));
        phone.freeze();
        // Whoever writes this sees the 2 that is on its way, and never the 1 under it.
        phone.put("r", is("pin", 3));
        phone.say();
        scene.refuse(true);
        phone.level();
        assertThat(phone.record("r").layer(Layer.State.QUARANTINED)).isPresent();
        scene.refuse(false);
        phone.retry("r");
        phone.level();
        assertThat(scene.stored("r").value("pin")).isEqualTo(new Value.Int(3));
        assertThat(scene.lost("r", "pin")).contains(new Value.Int(1), new Value.Int(2));
    }
}
