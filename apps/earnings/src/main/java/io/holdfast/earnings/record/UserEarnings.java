package io.holdfast.earnings.record;

import static io.holdfast.core.schema.MergeRule.SERVER;

import io.holdfast.core.schema.binding.Collection;
import io.holdfast.core.schema.binding.Decimal;
import io.holdfast.core.schema.binding.Id;
import io.holdfast.core.schema.binding.Indexed;
import io.holdfast.core.schema.binding.JsonText;
import io.holdfast.core.schema.binding.Length;
import io.holdfast.core.schema.binding.Merge;
import io.holdfast.core.schema.binding.Named;
import io.holdfast.core.schema.binding.OneOf;
import io.holdfast.core.schema.binding.Range;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * One user's balance, one record a scope. A device creates it; from then on only the server writes it.
 *
 * @param id the user's id
 * @param current that he can spend, coins
 * @param rate coins an hour now
 * @param baseRate coins an hour that he began with
 * @param total that he was ever granted, coins
 * @param held what waits for a person, coins
 * @param lastUpdate up to when time is settled
 * @param syncStatus {@link #SYNCED}; {@link #PENDING} while something is held; {@link #FAILED} after a claim that was refused
 * @param lastSyncAttempt when a claim came in last, refused or not
 * @param retryCount claims refused since the last that was not
 * @param ledger what the server needs to settle the next claim, see {@link LedgerJson}; absent until it has decided once
 */
@Collection("user_earnings")
@Indexed({"user_id", "sync_status", "last_update"})
@Indexed(
        value = {"retry_count", "last_sync_attempt"},
        where = @Indexed.Where(field = "sync_status", is = UserEarnings.FAILED))
public record UserEarnings(
        @Id String id,

        @Named("user_id") @Length(Scopes.USER_LENGTH_MAX) @Merge(SERVER)
        String userId,

        @Named("current_earnings") @Decimal(precision = 18, scale = 8) @Range(min = "0") @Merge(SERVER)
        BigDecimal current,

        @Named("earning_rate") @Decimal(precision = 18, scale = 8) @Range(min = "0") @Merge(SERVER)
        BigDecimal rate,

        @Named("base_earning_rate") @Decimal(precision = 18, scale = 8) @Range(min = "0") @Merge(SERVER)
        BigDecimal baseRate,

        @Named("total_earned") @Decimal(precision = 18, scale = 8) @Range(min = "0") @Merge(SERVER)
        BigDecimal total,

        @Named("held_earnings") @Decimal(precision = 18, scale = 8) @Range(min = "0") @Merge(SERVER)
        BigDecimal held,

        @Named("last_update") @Merge(SERVER) Instant lastUpdate,
        @Named("start_date") @Merge(SERVER) Instant startDate,
        @Named("created_at") @Merge(SERVER) Instant createdAt,
        @Named("updated_at") @Merge(SERVER) Instant updatedAt,

        @Named("sync_status") @OneOf({UserEarnings.SYNCED, UserEarnings.PENDING, UserEarnings.FAILED}) @Merge(SERVER)
        String syncStatus,

        @Named("last_sync_attempt") @Merge(SERVER) Optional<Instant> lastSyncAttempt,

        @Named("retry_count") @Range(min = "0") @Merge(SERVER)
        int retryCount,

        @Length(65_536) @Merge(SERVER) Optional<JsonText> ledger) {

    /** All that was claimed is decided. */
    public static final String SYNCED = "synced";

    /** Something waits: on a device for the server, at the server for a person. */
    public static final String PENDING = "pending";

    /** The last claim was refused. */
    public static final String FAILED = "failed";
}
