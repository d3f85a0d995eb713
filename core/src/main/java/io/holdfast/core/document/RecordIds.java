package io.holdfast.core.document;

import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.value.WellFormedText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The rule on record ids: 1 to {@link Limits#ID_BYTES_MAX} bytes of UTF-8, no control character (NUL included), no lone
 * surrogate. Ids are compared bytewise and never normalised. Stateless and thread-safe.
 */
public final class RecordIds {

    /** The name under which a document gives its id. */
    public static final String FIELD = "id";

    private RecordIds() {}

    /** What is wrong with an id (RECORD_ID); empty if nothing is. */
    public static Optional<Violation> check(String id) {
        if (id.isEmpty()) {
            return violation(id, "Give it at least one character.");
        }
        if (!WellFormedText.isWellFormed(id) || id.chars().anyMatch(Character::isISOControl)) {
            return violation("", "Leave out control characters and lone surrogates.");
        }
        if (id.length() > Limits.ID_BYTES_MAX || id.getBytes(StandardCharsets.UTF_8).length > Limits.ID_BYTES_MAX) {
            return violation(id, "Use at most " + Limits.ID_BYTES_MAX + " bytes of UTF-8.");
        }
        return Optional.empty();
    }

    private static Optional<Violation> violation(String id, String advice) {
        return Optional.of(new Violation(ErrorCode.RECORD_ID, FIELD, Violation.shortened(id), advice));
    }
}
