package io.holdfast.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.record.Cell;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A bit of a stamp flips under a field that a deletion then wipes: when the record comes back the field holds nothing on either
 * side, but not since the same moment.
 */
class DamagedStampTest {

    private final Scene scene = new Scene();
    private final Scene.Device phone = scene.device();

    @Test
    void theStampOfAWipedFieldShowsWhenTheRecordComesBack() {
        put();
        phone.damage("r", "pin", cell -> new Cell(cell.value(), later(cell.stamp())));
        assertThat(deleteAndBringBack()).isFalse();
        assertThat(scene.stored("r").value("pin")).isEqualTo(Value.NULL);
        assertThat(phone.value("r", "pin")).isEqualTo(Value.NULL);
    }

    @Test
    void aRecordThatComesBackUndamagedIsEqual() {
        put();
        assertThat(deleteAndBringBack()).isTrue();
        assertThat(phone.record("r").confirmed()).isEqualTo(scene.stored("r"));
    }

    private void put() {
        TreeMap<String, FieldEdit> edits = new TreeMap<>(Scene.is("a", 1));
        edits.putAll(Scene.is("pin", 7));
        phone.put("r", edits);
        assertThat(phone.level()).isTrue();
    }

    /** Whether device and server think themselves equal. */
    private boolean deleteAndBringBack() {
        phone.delete("r");
        assertThat(phone.level()).as("tombstones stand outside of proofs").isTrue();
        phone.put("r", Scene.is("a", 2));
        return phone.level();
    }

    private static Stamp later(Stamp stamp) {
        return new Stamp(stamp.time() ^ 2, stamp.incarnation());
    }
}
