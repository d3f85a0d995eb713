package io.holdfast.earnings.record;

import io.holdfast.core.schema.binding.Collection;
import io.holdfast.core.schema.binding.Decimal;
import io.holdfast.core.schema.binding.Id;
import io.holdfast.core.schema.binding.Indexed;
import io.holdfast.core.schema.binding.JsonText;
import io.holdfast.core.schema.binding.Length;
import io.holdfast.core.schema.binding.Named;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * A claim that contradicts what the server knows. Only the server writes it.
 *
 * @param kind see {@link Kind}
 * @param claimed by the device, coins, where amounts are at odds
 * @param computed by the server, coins
 * @param details both sides in full
 */
@Collection("earnings_discrepancies")
@Indexed({"kind", "at"})
public record Discrepancy(
        @Id String id,
        @Named("user_id") @Length(Scopes.USER_LENGTH_MAX) String userId,
        @Named("session_id") @Length(128) String sessionId,
        Kind kind,
        @Decimal(precision = 18, scale = 8) Optional<BigDecimal> claimed,
        @Decimal(precision = 18, scale = 8) Optional<BigDecimal> computed,
        Instant at,
        @Length(16_384) JsonText details) {

    /** What is at odds. */
    public enum Kind {
        /** The claim names another user than the one whose records these are. Refused. */
        USER_FOREIGN,
        /** Time that runs backwards: an end before the beginning or before an earlier claim, a beginning that moves. Refused. */
        TIME_BACKWARDS,
        /** How the device's clocks stood cannot be read. Refused. */
        CLOCK_UNREADABLE,
        /** Time that has not come. Granted when it has. */
        TIME_AHEAD,
        /** Time after the session was ended on another device. Not granted. */
        AFTER_END,
        /** A session that was ended goes on, or ends later. Refused. */
        REOPENED,
        /** An amount above rate and time. It waits for a person. */
        ABOVE_RATE,
        /** Something only the server writes. Refused. */
        SERVER_ONLY
    }
}
