package io.holdfast.core.exchange;

import io.holdfast.core.record.RecordKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page of records that other programs wrote and no append has taken in yet. Immutable.
 *
 * @param records by scope, those that wait longest first, each once
 * @param notes how many there are of them in storage: a record may have several
 * @param last where the next page begins
 */
public record ForeignWaiting(Map<String, List<RecordKey>> records, int notes, long last) {

    /** Nothing waits. */
    public static final ForeignWaiting NONE = new ForeignWaiting(Map.of(), 0, 0);

    /** Copies. */
    public ForeignWaiting {
        records = Collections.unmodifiableMap(new LinkedHashMap<>(records));
    }
}
