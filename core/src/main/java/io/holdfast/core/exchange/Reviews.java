package io.holdfast.core.exchange;

import io.holdfast.core.protocol.ValueText;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** Records of {@link SystemCollections#REVIEWS}. */
final class Reviews {

    private static final int ID_BYTES = 16;

    private Reviews() {}

    /** The key of the review of one candidate. */
    static RecordKey key(RecordKey record, String field, Stamp candidate) {
        try {
            String text = record.collection() + '\0' + record.id() + '\0' + field + '\0' + candidate;
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new RecordKey(SystemCollections.REVIEWS, HexFormat.of().formatHex(Arrays.copyOf(hash, ID_BYTES)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
