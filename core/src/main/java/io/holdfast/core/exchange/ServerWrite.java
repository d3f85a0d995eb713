package io.holdfast.core.exchange;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.value.Value;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Fields of one record that the server sets by its own hand, under a stamp of its own that is later than what they replace.
 * Fields that are not named stay as they are; a deleted record comes back.
 */
public record ServerWrite(RecordKey key, SortedMap<String, Value> values) {

    /** Copies. */
    public ServerWrite {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }
}
