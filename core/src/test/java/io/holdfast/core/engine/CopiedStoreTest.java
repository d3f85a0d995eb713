package io.holdfast.core.engine;

import static io.holdfast.core.engine.Scene.is;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.Value;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that is restored from an older copy, or cloned onto a second device while both go on. */
class CopiedStoreTest {

    private final Scene scene = new Scene();
    private final Scene.Device phone = scene.device();

    @BeforeEach
    void itHasExchanged() {
        phone.put("before", is("a", 1));
        phone.put("r", adds(1));
        phone.level();
    }

    private static Map<String, FieldEdit> adds(long units) {
        return Map.of("n", new FieldEdit.Add(units));
    }

    private static long sum(Value value) {
        return ((CounterValue) value).sum();
    }

    @Test
    void aCloneAndItsOriginalCountApart() {
        Scene.Device clone = phone.copy();
        clone.open();
        phone.put("r", adds(2));
        clone.put("r", adds(4));
        phone.level();
        clone.say();
        assertThat(clone.say()).isInstanceOf(Outcome.Forked.class);
        clone.put("r", adds(8));
        assertThat(clone.level()).isTrue();
        phone.put("r", adds(16));
        assertThat(phone.level()).isTrue();
        clone.level();
        assertThat(sum(scene.stored("r").value("n"))).isEqualTo(31);
        assertThat(sum(phone.value("r", "n"))).isEqualTo(31);
        assertThat(sum(clone.value("r", "n"))).isEqualTo(31);
    }

    @Test
    void whatACloneAndItsOriginalBothHadUnsentCountsOnce() {
        phone.put("r", adds(2));
        Scene.Device clone = phone.copy();
        clone.open();
        phone.level();
        clone.level();
        assertThat(sum(scene.stored("r").value("n"))).isEqualTo(3);
        assertThat(sum(clone.value("r", "n"))).isEqualTo(3);
    }

    @Test
    void aRestoredStoreIsRecognisedAndLosesNothingAcknowledged() {
        Scene.Device copy = phone.copy();
        phone.put("after", is("a", 2));
        phone.put("r", adds(2));
        phone.level();
        phone.restore(copy);
        phone.put("later", is("a", 3));
        phone.put("r", adds(4));
        phone.say();
        assertThat(phone.say()).isInstanceOf(Outcome.Forked.class);
        assertThat(phone.level()).isTrue();
        assertThat(phone.value("after", "a")).isEqualTo(new Value.Int(2));
        assertThat(scene.stored("later").value("a")).isEqualTo(new Value.Int(3));
        assertThat(sum(scene.stored("r").value("n"))).isEqualTo(7);
    }

    @Test
    void aRestoredStoreWithNothingToSendIsRecognisedToo() {
        Scene.Device copy = phone.copy();
        phone.put("after", is("a", 2));
        phone.level();
        phone.restore(copy);
        phone.say();
        assertThat(phone.say()).isInstanceOf(Outcome.Forked.class);
        assertThat(phone.level()).isTrue();
        assertThat(phone.value("after", "a")).isEqualTo(new Value.Int(2));
    }

    @Test
    void aStoreAndItsServerMayBothBeRestored() {
        scene.backUp();
        Scene.Device copy = phone.copy();
        phone.put("after", is("a", 2));
        phone.level();
        Scene.Device laptop = scene.device();
        laptop.level();
        scene.restore();
        phone.restore(copy);
        phone.put("r", adds(4));
        assertThat(phone.level()).isTrue();
        laptop.level();
        assertThat(phone.level()).isTrue();
        assertThat(phone.value("after", "a")).isEqualTo(new Value.Int(2));
        assertThat(sum(scene.stored("r").value("n"))).isEqualTo(5);
    }
}
