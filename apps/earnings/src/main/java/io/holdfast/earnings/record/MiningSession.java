package io.holdfast.earnings.record;

import io.holdfast.core.schema.binding.Collection;
import io.holdfast.core.schema.binding.Decimal;
import io.holdfast.core.schema.binding.Id;
import io.holdfast.core.schema.binding.Indexed;
import io.holdfast.core.schema.binding.JsonText;
import io.holdfast.core.schema.binding.Length;
import io.holdfast.core.schema.binding.Named;
import io.holdfast.core.schema.binding.OneOf;
import io.holdfast.core.schema.binding.Range;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Time that a user mined on one device: a claim, which grows while it runs. Only its device writes it, except that another of the
 * user's devices may end it.
 *
 * @param device that mines; its replica id
 * @param lastUpdate up to when it has mined
 * @param endedAt when it ended; absent while it runs
 * @param timedBy whose clock the times are by: the {@link #DEVICE}'s, which nobody can check and nothing is granted for, or the {@link
 *     #SERVER}'s as the device counts it
 * @param rate coins an hour that the device reckoned with
 * @param earned what it came to for the device, coins
 * @param calculations how often it was reckoned
 * @param clock how the device's clocks stood at {@code lastUpdate}, see {@link AnchorJson}
 */
@Collection("mining_sessions")
@Indexed({"device", "started_at"})
@Indexed({"last_update"})
public record MiningSession(
        @Id String id,
        @Named("user_id") @Length(Scopes.USER_LENGTH_MAX) String userId,
        @Length(200) String device,
        @Named("started_at") Instant startedAt,
        @Named("last_update") Instant lastUpdate,
        @Named("ended_at") Optional<Instant> endedAt,

        @Named("timed_by") @OneOf({MiningSession.DEVICE, MiningSession.SERVER})
        String timedBy,

        @Decimal(precision = 18, scale = 8) @Range(min = "0")
        BigDecimal rate,

        @Decimal(precision = 18, scale = 8) @Range(min = "0")
        BigDecimal earned,

        @Range(min = "0") long calculations,
        @Length(4_096) JsonText clock) {

    /** By the device's own clock. */
    public static final String DEVICE = "device";

    /** By the server's clock. */
    public static final String SERVER = "server";

    /** Whether it runs. */
    public boolean open() {
        return endedAt.isEmpty();
    }

    /** The same under another id. */
    public MiningSession withId(String other) {
        return new MiningSession(
                other, userId, device, startedAt, lastUpdate, endedAt, timedBy, rate, earned, calculations, clock);
    }

    /** The same, further on. */
    public MiningSession updated(Instant now, BigDecimal amount, long reckoned, JsonText clocks) {
        return new MiningSession(
                id, userId, device, startedAt, now, endedAt, timedBy, rate, amount, calculations + reckoned, clocks);
    }

    /** The same, over. */
    public MiningSession ended(Instant at) {
        return new MiningSession(
                id, userId, device, startedAt, lastUpdate, Optional.of(at), timedBy, rate, earned, calculations, clock);
    }

    /** The same by the server's clock, which was so much ahead of the device's. */
    public MiningSession timedByServer(Duration ahead) {
        return new MiningSession(
                id,
                userId,
                device,
                startedAt.plus(ahead),
                lastUpdate.plus(ahead),
                endedAt.map(at -> at.plus(ahead)),
                SERVER,
                rate,
                earned,
                calculations,
                clock);
    }
}
