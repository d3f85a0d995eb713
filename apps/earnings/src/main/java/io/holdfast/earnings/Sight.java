package io.holdfast.earnings;

import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.earnings.clock.Anchor;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.earnings.record.Times;
import io.holdfast.earnings.record.UserEarnings;
import io.holdfast.store.Store;
import java.time.Instant;

/** What the user sees: what the server granted, and what it will make of what this device knows. For one thread at a time. */
final class Sight {

    private final Store store;
    private final DeviceBooks books;
    private final DeviceTime time;
    private final Mining mining;

    Sight(Store store, DeviceBooks books, DeviceTime time, Mining mining) {
        this.store = store;
        this.books = books;
        this.time = time;
        this.mining = mining;
    }

    /** @param failing whether the last try to sync failed */
    EarningsState state(boolean failing) {
        UserEarnings known = mining.known();
        Anchor now = time.now();
        Foresight.Foreseen foreseen = new Foresight(known)
                .foresee(
                        mining.recent(known, now),
                        books::settlement,
                        books::unsent,
                        mining.running().map(MiningSession::id),
                        now.micros());
        Instant last = mining.runs() ? Times.instant(now.micros()) : known.lastUpdate();
        return new EarningsState(
                known.userId(),
                foreseen.ledger().balance().coins().number(),
                known.current(),
                foreseen.held(),
                foreseen.ledger().rates().at(now.micros()).number(),
                known.baseRate(),
                last,
                known.startDate(),
                mining.runs(),
                syncState(failing));
    }

    private EarningsState.SyncState syncState(boolean failing) {
        Account account = store.review().account();
        long waiting = account.in(ChangeState.PENDING) + account.in(ChangeState.IN_FLIGHT);
        boolean refused = account.in(ChangeState.QUARANTINED) > 0;
        if (refused || (waiting > 0 && failing)) {
            return EarningsState.SyncState.FAILED;
        }
        return waiting > 0 ? EarningsState.SyncState.PENDING : EarningsState.SyncState.SYNCED;
    }
}
