package io.holdfast.earnings;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.earnings.record.EarningsReview;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.earnings.record.MiningSettlement;
import io.holdfast.earnings.record.Times;
import io.holdfast.store.Room;
import io.holdfast.store.Store;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps a user's file within its limit. The oldest goes first: what has expired, then audit rows and closed sessions that the server
 * has. The user's record, sessions that run or may still be settled, and whatever was not sent never go. For one thread at a
 * time.
 */
final class Upkeep {

    private static final Duration EXPIRY_EVERY = Duration.ofDays(1);
    private static final int AT_ONCE = 500;
    /** Sessions are looked at for as long as the server may settle them, and a day. */
    private static final Duration MARGIN = Duration.ofDays(1);

    private final Store store;
    private final DeviceBooks books;
    private final Keeping keeping;
    private final Notices notices;
    private Instant expired = Instant.EPOCH;

    Upkeep(Store store, DeviceBooks books, Keeping keeping, Notices notices) {
        this.store = store;
        this.books = books;
        this.keeping = keeping;
        this.notices = notices;
    }

    /** Lets go what has expired, once a day, and makes room if there is little left. */
    void look(Instant now) {
        Room room = store.room();
        if (now.isAfter(expired.plus(EXPIRY_EVERY))) {
            expired = now;
            Instant before = now.minus(keeping.past());
            if (release(room, before, before) + room.forget(keeping.past()) > 0) {
                room.shrink();
            }
        }
        if (room.bytes() >= keeping.near()) {
            makeRoom(room, now);
        }
    }

    private void makeRoom(Room room, Instant now) {
        room.forget(Duration.ZERO);
        room.shrink();
        boolean more = true;
        while (more && room.bytes() >= keeping.near()) {
            more = release(room, now, now) > 0;
            room.shrink();
        }
        if (room.bytes() >= keeping.near()) {
            notices.tell(new Notice(
                    ErrorCode.STORE_LIMIT,
                    "Your earnings need more room than " + (keeping.bytesMax() >> 20)
                            + " MiB, and what the server has not got stays here. Connect to the server, or raise the limit.",
                    List.of(room.bytes() + " bytes of " + keeping.bytesMax()),
                    List.of()));
        }
    }

    /** One helping of each kind; returns how many records. */
    private int release(Room room, Instant auditBefore, Instant sessionsBefore) {
        int released =
                room.release(EarningsSchema.AUDIT.collection().name(), oldest("at", auditBefore, Condition.always()));
        released += room.release(
                EarningsSchema.DISCREPANCIES.collection().name(), oldest("at", auditBefore, Condition.always()));
        released += room.release(
                EarningsSchema.REVIEWS.collection().name(),
                oldest("opened_at", auditBefore, Condition.ne("status", EarningsReview.OPEN)));
        return released + sessions(room, sessionsBefore);
    }

    private static Query oldest(String field, Instant before, Condition also) {
        return Query.all()
                .where(Condition.lt(field, before))
                .where(also)
                .orderBy(field)
                .limit(AT_ONCE);
    }

    /** Sessions that are over and settled, with what was settled of them. The last one is younger than these: it knows the clock. */
    private int sessions(Room room, Instant wanted) {
        Optional<Duration> lookback =
                books.user().map(user -> Foresight.books(user).terms().lookback());
        Optional<MiningSession> latest = books.latest();
        if (lookback.isEmpty() || latest.isEmpty()) {
            return 0;
        }
        Instant latestAt = latest.get().lastUpdate();
        Instant unsettled = latestAt.minus(lookback.get()).minus(MARGIN);
        Instant before = wanted.isBefore(unsettled) ? wanted : unsettled;
        List<String> over = books.ended(before, AT_ONCE).stream()
                .filter(this::settled)
                .map(MiningSession::id)
                .toList();
        if (over.isEmpty()) {
            return 0;
        }
        Query these = Query.all().where(Condition.in("id", over)).limit(AT_ONCE);
        return room.release(EarningsSchema.SESSIONS.collection().name(), these)
                + room.release(EarningsSchema.SETTLEMENTS.collection().name(), these);
    }

    private boolean settled(MiningSession session) {
        return books.settlement(session.id())
                .map(MiningSettlement::settledUntil)
                .filter(until -> Times.micros(until) >= Foresight.reached(session))
                .isPresent();
    }
}
