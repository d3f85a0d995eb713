package io.holdfast.earnings;

import io.holdfast.core.change.Change;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.protocol.Batch;
import io.holdfast.core.record.Cell;
import io.holdfast.core.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a user is owed, reckoned anew and otherwise than the product does it: in fractions of a coin, from the claims as they reached
 * the server and the server's time when they did, with nothing forgotten. Shares no code with the settlement.
 */
final class FleetReckoning {

    private static final long DAY = 86_400_000_000L;
    private static final long LATE = 7 * DAY;
    private static final BigInteger HOUR = BigInteger.valueOf(3_600_000_000L);

    private final BigDecimal rate;
    private final Set<BatchMark> answered = new HashSet<>();
    private final Map<String, Map<String, Cell>> sessions = new HashMap<>();
    /** Moments that were paid or held: disjoint, in no order. */
    private final List<long[]> decided = new ArrayList<>();

    private BigInteger paidMicros = BigInteger.ZERO;
    private BigInteger heldMicros = BigInteger.ZERO;
    private BigDecimal held = BigDecimal.ZERO;
    private long allowance = DAY;
    private long allowanceAt = Long.MIN_VALUE;
    private long claims;
    private long repeated;

    /** @param rate coins an hour */
    FleetReckoning(BigDecimal rate) {
        this.rate = rate;
    }

    /** A batch that the server answered, at its own time. When it comes again, because the answer was lost, nothing is taken. */
    void took(Batch batch, long nowMicros) {
        if (!answered.add(batch.mark())) {
            repeated++;
            return;
        }
        List<Change> changes = batch.changes();
        if (!changes.isEmpty() && allowanceAt == Long.MIN_VALUE) {
            allowanceAt = nowMicros;
        }
        for (Change change : changes) {
            if (change.key().collection().equals("mining_sessions")) {
                Map<String, Cell> session =
                        sessions.computeIfAbsent(change.key().id(), id -> new HashMap<>());
                change.edit()
                        .cells()
                        .forEach((name, cell) -> session.merge(
                                name, cell, (one, other) -> one.stamp().compareTo(other.stamp()) >= 0 ? one : other));
                claims++;
                claimed(session, nowMicros);
            }
        }
    }

    private void claimed(Map<String, Cell> session, long now) {
        boolean timed = Optional.ofNullable(session.get("timed_by"))
                .map(Cell::value)
                .filter(new Value.Text("server")::equals)
                .isPresent();
        if (!timed) {
            return;
        }
        long begin = micros(session, "started_at").orElseThrow();
        long until = Math.min(micros(session, "last_update").orElseThrow(), now);
        until = Math.min(until, micros(session, "ended_at").orElse(Long.MAX_VALUE));
        // What was claimed before is decided, even if it was told to be more then.
        List<long[]> open = undecided(begin, until);
        if (open.isEmpty()) {
            return;
        }
        long left = Math.min(DAY, allowance + Math.max(0, now - allowanceAt));
        long latest = now - LATE;
        for (long[] span : split(open, latest)) {
            boolean late = span[1] <= latest;
            long paid = late ? 0 : Math.min(left, span[1] - span[0]);
            left -= paid;
            paidMicros = paidMicros.add(BigInteger.valueOf(paid));
            hold(span[1] - span[0] - paid);
            decided.add(span);
        }
        allowance = left;
        allowanceAt = Math.max(allowanceAt, now);
    }

    /** Held amounts are rounded down one by one. */
    private void hold(long micros) {
        if (micros > 0) {
            heldMicros = heldMicros.add(BigInteger.valueOf(micros));
            held = held.add(coins(BigInteger.valueOf(micros)));
        }
    }

    private static Optional<Long> micros(Map<String, Cell> session, String field) {
        return Optional.ofNullable(session.get(field))
                .map(Cell::value)
                .filter(Value.Time.class::isInstance)
                .map(value -> ((Value.Time) value).epochMicros());
    }

    private List<long[]> undecided(long begin, long until) {
        List<long[]> open = new ArrayList<>();
        if (until > begin) {
            open.add(new long[] {begin, until});
        }
        for (long[] gone : decided) {
            List<long[]> next = new ArrayList<>();
            for (long[] span : open) {
                if (span[0] < Math.min(span[1], gone[0])) {
                    next.add(new long[] {span[0], Math.min(span[1], gone[0])});
                }
                if (Math.max(span[0], gone[1]) < span[1]) {
                    next.add(new long[] {Math.max(span[0], gone[1]), span[1]});
                }
            }
            open = next;
        }
        open.sort((one, other) -> Long.compare(one[0], other[0]));
        return open;
    }

    private static List<long[]> split(List<long[]> spans, long at) {
        List<long[]> parts = new ArrayList<>();
        for (long[] span : spans) {
            if (span[0] < at && at < span[1]) {
                parts.add(new long[] {span[0], at});
                parts.add(new long[] {at, span[1]});
            } else {
                parts.add(span);
            }
        }
        return parts;
    }

    private BigDecimal coins(BigInteger micros) {
        BigInteger units = rate.movePointRight(8).toBigIntegerExact();
        BigInteger[] whole = units.multiply(micros).divideAndRemainder(HOUR);
        return new BigDecimal(whole[0], 8);
    }

    /** What he can spend: rounded down once, over all of it. */
    BigDecimal balance() {
        return coins(paidMicros);
    }

    /** What waits for a person. */
    BigDecimal held() {
        return held;
    }

    BigInteger paidMicros() {
        return paidMicros;
    }

    BigInteger heldMicros() {
        return heldMicros;
    }

    /** How many batches came again. */
    long repeated() {
        return repeated;
    }

    /** How many changes of sessions the server took. */
    long claims() {
        return claims;
    }
}
