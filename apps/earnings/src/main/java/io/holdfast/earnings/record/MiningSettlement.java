package io.holdfast.earnings.record;

import io.holdfast.core.schema.binding.Collection;
import io.holdfast.core.schema.binding.Decimal;
import io.holdfast.core.schema.binding.Id;
import io.holdfast.core.schema.binding.Length;
import io.holdfast.core.schema.binding.Named;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What the server made of one session so far. Only the server writes it.
 *
 * @param id the session's
 * @param settledUntil up to when the session's time is decided
 * @param granted for it, coins, rounded down
 * @param held of it for a person, coins
 * @param questioned what the device claimed above rate and time, coins; it waits for a person too
 */
@Collection("mining_settlements")
public record MiningSettlement(
        @Id String id,
        @Named("user_id") @Length(Scopes.USER_LENGTH_MAX) String userId,
        @Named("settled_until") Instant settledUntil,
        @Decimal(precision = 18, scale = 8) BigDecimal granted,
        @Decimal(precision = 18, scale = 8) BigDecimal held,
        @Decimal(precision = 18, scale = 8) BigDecimal questioned) {}
