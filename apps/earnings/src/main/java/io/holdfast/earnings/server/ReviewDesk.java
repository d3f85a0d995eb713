package io.holdfast.earnings.server;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.ServerWork;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.core.schema.Violation;
import io.holdfast.earnings.amount.Accrued;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.ledger.Ledger;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsReview;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.Scopes;
import io.holdfast.earnings.record.UserEarnings;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where people decide what waits for them. Each decision is one append: the review, the balance and the audit row move
 * together, and devices get them as any other change. Who may decide is for the caller to check. Thread-safe.
 */
public final class ReviewDesk {

    private final ScopeServer server;
    private final InstantSource clock;

    /** @param server of the schema of earnings */
    public ReviewDesk(ScopeServer server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
    }

    /**
     * What a person decides.
     *
     * @param status {@link EarningsReview#ACCEPTED}, {@link EarningsReview#REJECTED} or {@link EarningsReview#ADJUSTED}
     * @param amount what is granted, if adjusted
     * @param explanation why; not blank
     */
    public record Verdict(String status, Optional<Coins> amount, String explanation) {

        /**
         * Refuses what cannot be a verdict.
         *
         * @throws RecordRefusedException FIELD_CHOICE, FIELD_REQUIRED, FIELD_LENGTH
         */
        public Verdict {
            boolean adjusts = status.equals(EarningsReview.ADJUSTED);
            if (!adjusts && !status.equals(EarningsReview.ACCEPTED) && !status.equals(EarningsReview.REJECTED)) {
                throw refused(
                        ErrorCode.FIELD_CHOICE,
                        "verdict",
                        Violation.shortened(status),
                        "Say accepted, rejected or adjusted.");
            }
            if (adjusts && amount.isEmpty()) {
                throw refused(ErrorCode.FIELD_REQUIRED, "amount", "", "Say how much is granted instead.");
            }
            if (!adjusts && amount.isPresent()) {
                throw refused(ErrorCode.FIELD_CHOICE, "verdict", status, "Say adjusted to grant another amount.");
            }
            if (explanation.isBlank()) {
                throw refused(ErrorCode.FIELD_REQUIRED, "reason", explanation, "Say why.");
            }
            if (explanation.length() > EarningsReview.EXPLANATION_LENGTH_MAX) {
                throw refused(
                        ErrorCode.FIELD_LENGTH,
                        "reason",
                        Violation.shortened(explanation),
                        "Say why in at most " + EarningsReview.EXPLANATION_LENGTH_MAX + " characters.");
            }
        }

        private static RecordRefusedException refused(ErrorCode code, String field, String value, String advice) {
            return new RecordRefusedException(List.of(new Violation(code, field, value, advice)));
        }

        private Coins granted(Coins asked) {
            return switch (status) {
                case EarningsReview.ACCEPTED -> asked;
                case EarningsReview.REJECTED -> Coins.ZERO;
                default -> amount.orElseThrow();
            };
        }
    }

    /**
     * Decides a review.
     *
     * @return the review as it stands then
     * @throws HoldfastException NOT_FOUND if the user has no such review; EARNINGS_REVIEW if it is decided; FIELD_RANGE if the
     *     balance would not hold it
     */
    public EarningsReview decide(Principal person, String user, String review, Verdict verdict) {
        RecordKey reviewKey = EarningsSchema.key(EarningsSchema.REVIEWS, review);
        RecordKey userKey = EarningsSchema.key(EarningsSchema.USERS, Scopes.of(user));
        long now = clock.millis();
        return server.write(person, user, List.of(reviewKey, userKey), state -> {
            EarningsReview open = open(state, reviewKey);
            UserEarnings books = Rows.read(EarningsSchema.USERS, user, state.apply(userKey))
                    .orElseThrow(() -> new IllegalStateException("a review belongs to a user"));
            Coins asked = Coins.of("amount", open.amount());
            Coins granted = verdict.granted(asked);
            Ledger next = UserBooks.ledger(books).granted(Accrued.stored(granted, 0));
            if (!next.earned().fits()) {
                throw new HoldfastException(
                        ErrorCode.FIELD_RANGE, "The balance would be more than it can hold. Grant less.");
            }
            EarningsReview decided = open.decided(
                    verdict.status(),
                    granted.number(),
                    new EarningsReview.Decision(person.name(), Instant.ofEpochMilli(now), verdict.explanation()));
            UserEarnings after = UserBooks.after(
                    books, next, UserBooks.terms(books), asked.number().negate(), now);
            AuditEntry row = new AuditEntry(
                    "review-" + review,
                    user,
                    "review",
                    Optional.of(books.current()),
                    Optional.of(after.current()),
                    Instant.ofEpochMilli(now),
                    AuditEntry.RECONCILIATION,
                    Notes.json(Map.of(
                            "review", review,
                            "status", verdict.status(),
                            "decided_by", person.name(),
                            "reason", verdict.explanation(),
                            "granted", granted.toString())));
            return new ServerWork<>(
                    List.of(
                            Rows.write(EarningsSchema.REVIEWS, decided),
                            Rows.write(EarningsSchema.USERS, after),
                            Rows.write(EarningsSchema.AUDIT, row)),
                    decided);
        });
    }

    private static EarningsReview open(Function<RecordKey, RecordState> state, RecordKey key) {
        EarningsReview review = Rows.read(EarningsSchema.REVIEWS, key.id(), state.apply(key))
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.NOT_FOUND, "The user has no review " + key.id() + ". List the reviews."));
        if (!review.status().equals(EarningsReview.OPEN)) {
            throw new HoldfastException(
                    ErrorCode.EARNINGS_REVIEW,
                    "The review is " + review.status() + " already, by "
                            + review.decidedBy().orElse("nobody") + "; look at its decision.");
        }
        return review;
    }

    /**
     * Gives a user another rate from now on.
     *
     * @return the user's record as it stands then
     * @throws HoldfastException NOT_FOUND if there is no such user
     */
    public UserEarnings setRate(Principal person, String user, Coins perHour, String explanation) {
        RecordKey userKey = EarningsSchema.key(EarningsSchema.USERS, Scopes.of(user));
        long now = clock.millis();
        return server.write(person, user, List.of(userKey), state -> {
            UserEarnings books = Rows.read(EarningsSchema.USERS, user, state.apply(userKey))
                    .orElseThrow(() -> new HoldfastException(ErrorCode.NOT_FOUND, "There is no such user."));
            Ledger ledger = UserBooks.ledger(books);
            Ledger next = ledger.withRates(ledger.rates().with(now * 1_000, perHour));
            UserEarnings after = UserBooks.after(books, next, UserBooks.terms(books), BigDecimal.ZERO, now);
            AuditEntry row = new AuditEntry(
                    "rate-" + now + "-" + perHour.units(),
                    user,
                    "rate",
                    Optional.of(books.rate()),
                    Optional.of(after.rate()),
                    Instant.ofEpochMilli(now),
                    AuditEntry.RECONCILIATION,
                    Notes.json(Map.of("decided_by", person.name(), "reason", explanation)));
            return new ServerWork<>(
                    List.of(Rows.write(EarningsSchema.USERS, after), Rows.write(EarningsSchema.AUDIT, row)), after);
        });
    }
}
