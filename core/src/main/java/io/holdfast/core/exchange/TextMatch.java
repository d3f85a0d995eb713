package io.holdfast.core.exchange;

import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.Value;

/** A field of text that must hold exactly this. */
public record TextMatch(String field, String text) {

    /** Whether a record does. */
    public boolean holds(RecordState state) {
        return state.value(field).equals(new Value.Text(text));
    }
}
