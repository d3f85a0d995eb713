package io.holdfast.core.exchange;

import io.holdfast.core.protocol.ValueText;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Sha256;
import io.holdfast.core.value.Value;
import java.util.Map;

/** Records of {@link SystemCollections#REVIEWS}. */
final class Reviews {

    private static final int ID_BYTES = 16;

    private Reviews() {}

    /** The key of the review of one candidate. */
    static RecordKey key(RecordKey record, String field, Stamp candidate) {
        String text = record.collection() + '\0' + record.id() + '\0' + field + '\0' + candidate;
        return new RecordKey(SystemCollections.REVIEWS, new Sha256().text(text).hex(ID_BYTES));
    }

    /** What the review says. */
    static Map<String, Value> values(
            RecordKey record, String field, Value candidate, Value standing, String replica, long nowMillis) {
        return Map.of(
                "collection", new Value.Text(record.collection()),
                "record", new Value.Text(record.id()),
                "field", new Value.Text(field),
                "candidate", new Value.Json(ValueText.json(candidate)),
                "standing", new Value.Json(ValueText.json(standing)),
                "replica", new Value.Text(replica),
                "at", new Value.Time(nowMillis * 1000),
                "status", new Value.Text("open"));
    }
}
