package io.holdfast.earnings.record;

import io.holdfast.core.schema.binding.Collection;
import io.holdfast.core.schema.binding.Decimal;
import io.holdfast.core.schema.binding.Id;
import io.holdfast.core.schema.binding.Indexed;
import io.holdfast.core.schema.binding.JsonText;
import io.holdfast.core.schema.binding.Length;
import io.holdfast.core.schema.binding.Named;
import io.holdfast.core.schema.binding.OneOf;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * One calculation or one update of a stored amount, written in the transaction that stores the amount.
 *
 * @param operation what was done
 * @param oldValue coins before, absent if there were none
 * @param newValue coins after
 * @param source {@link #LOCAL} on a device, {@link #SYNC} by the server for a claim, {@link #RECONCILIATION} where a person or a
 *     comparison decided
 */
@Collection("earnings_audit_log")
@Indexed({"user_id", "at"})
public record AuditEntry(
        @Id String id,
        @Named("user_id") @Length(Scopes.USER_LENGTH_MAX) String userId,
        @Length(40) String operation,

        @Named("old_value") @Decimal(precision = 18, scale = 8)
        Optional<BigDecimal> oldValue,

        @Named("new_value") @Decimal(precision = 18, scale = 8)
        Optional<BigDecimal> newValue,

        Instant at,

        @OneOf({AuditEntry.LOCAL, AuditEntry.SYNC, AuditEntry.RECONCILIATION})
        String source,

        @Length(16_384) JsonText metadata) {

    /** Reckoned or noticed on a device. */
    public static final String LOCAL = "local";

    /** Decided by the server about a claim. */
    public static final String SYNC = "sync";

    /** Decided by a person, or by a comparison of both sides. */
    public static final String RECONCILIATION = "reconciliation";
}
