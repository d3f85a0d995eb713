package io.holdfast.store.sqlite;

import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.reconcile.DigestSum;

/**
 * What every writing transaction moves: kept in memory by the writer, written once at the end of a commit. Immutable.
 *
 * @param lastOrder the last order given to a change
 * @param lastTime the last hybrid time given to a stamp
 * @param root the sum of the digests of all confirmed records
 */
record StoreHead(DeviceState device, Account account, long lastOrder, long lastTime, DigestSum root) {

    /** The head of a store without records. */
    static StoreHead first(DeviceState device) {
        return new StoreHead(device, Account.EMPTY, 0, 0, DigestSum.ZERO);
    }

    /** Whether all but the device is the same. */
    boolean sameCounts(StoreHead other) {
        return lastOrder == other.lastOrder
                && lastTime == other.lastTime
                && account.equals(other.account)
                && root.equals(other.root);
    }

    StoreHead with(DeviceState next) {
        return new StoreHead(next, account, lastOrder, lastTime, root);
    }

    StoreHead with(Account next) {
        return new StoreHead(device, next, lastOrder, lastTime, root);
    }

    StoreHead with(DigestSum next) {
        return new StoreHead(device, account, lastOrder, lastTime, next);
    }

    StoreHead withLastOrder(long next) {
        return new StoreHead(device, account, next, lastTime, root);
    }

    StoreHead withLastTime(long next) {
        return new StoreHead(device, account, lastOrder, next, root);
    }

    /** How many changes are in a state. */
    long in(ChangeState state) {
        return account.in(state);
    }
}
