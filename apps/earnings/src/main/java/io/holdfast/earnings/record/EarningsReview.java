package io.holdfast.earnings.record;

import io.holdfast.core.schema.binding.Collection;
import io.holdfast.core.schema.binding.Decimal;
import io.holdfast.core.schema.binding.Id;
import io.holdfast.core.schema.binding.Indexed;
import io.holdfast.core.schema.binding.Length;
import io.holdfast.core.schema.binding.Named;
import io.holdfast.core.schema.binding.OneOf;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * An amount that a person must decide about. Only the server writes it.
 *
 * @param reason why, a {@link io.holdfast.earnings.ledger.Held.Reason}
 * @param from the time in question
 * @param until its end
 * @param amount what it comes to, coins
 * @param status {@link #OPEN} until somebody decides
 * @param granted what was granted of it, coins; absent while open
 * @param explanation why it was decided so
 */
@Collection("earnings_reviews")
@Indexed({"status", "opened_at"})
public record EarningsReview(
        @Id String id,
        @Named("user_id") @Length(Scopes.USER_LENGTH_MAX) String userId,
        @Named("session_id") @Length(128) String sessionId,
        @Length(40) String reason,
        @Named("from_at") Instant from,
        @Named("until_at") Instant until,
        @Decimal(precision = 18, scale = 8) BigDecimal amount,

        @OneOf({EarningsReview.OPEN, EarningsReview.ACCEPTED, EarningsReview.REJECTED, EarningsReview.ADJUSTED})
        String status,

        @Named("opened_at") Instant openedAt,
        @Named("decided_at") Optional<Instant> decidedAt,
        @Named("decided_by") @Length(200) Optional<String> decidedBy,

        @Decimal(precision = 18, scale = 8) Optional<BigDecimal> granted,

        @Length(EarningsReview.EXPLANATION_LENGTH_MAX) Optional<String> explanation) {

    /** Longest explanation, in characters. */
    public static final int EXPLANATION_LENGTH_MAX = 2_000;

    /** Waits for a person. */
    public static final String OPEN = "open";

    /** Granted in full. */
    public static final String ACCEPTED = "accepted";

    /** Not granted. */
    public static final String REJECTED = "rejected";

    /** Another amount was granted. */
    public static final String ADJUSTED = "adjusted";

    /** The same, decided. */
    public EarningsReview decided(String verdict, BigDecimal grant, Decision decision) {
        return new EarningsReview(
                id,
                userId,
                sessionId,
                reason,
                from,
                until,
                amount,
                verdict,
                openedAt,
                Optional.of(decision.at()),
                Optional.of(decision.person()),
                Optional.of(grant),
                Optional.of(decision.explanation()));
    }

    /** Who decided, when and why. */
    public record Decision(String person, Instant at, String explanation) {}
}
