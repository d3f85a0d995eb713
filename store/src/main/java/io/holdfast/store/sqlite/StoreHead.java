package io.holdfast.store.sqlite;

import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.reconcile.DigestSum;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What every writing transaction moves: kept in memory by the writer, written once at the end of a commit. Immutable.
 *
 * @param lastOrder the last order given to a change
 * @param lastTime the last hybrid time given to a stamp
 * @param root the sum of the digests of all confirmed records
 */
record StoreHead(DeviceState device, Account account, long lastOrder, long lastTime, DigestSum root) {

    private static final String SELECT =
            "SELECT last_order, last_time, root, made, pending, coalesced, in_flight, accepted, superseded,"
                    + " quarantined, discarded FROM _hf_account WHERE id = 1";
    private static final String UPDATE =
            "UPDATE _hf_account SET last_order = ?, last_time = ?, root = ?, made = ?, pending = ?, coalesced = ?,"
                    + " in_flight = ?, accepted = ?, superseded = ?, quarantined = ?, discarded = ? WHERE id = 1";
    private static final String SELECT_DEVICE = "SELECT state FROM _hf_device WHERE id = 1";
    private static final String UPDATE_DEVICE =
            "INSERT INTO _hf_device (id, scope, replica, state) VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                    + " scope = excluded.scope, replica = excluded.replica, state = excluded.state";

    /** Reads what is stored. */
    static StoreHead read(SqlSession session) {
        DeviceState device = session.first(SELECT_DEVICE, row -> DeviceCodec.decode(row.getBytes(1)))
                .orElseThrow();
        return session.first(SELECT, row -> of(device, row)).orElseThrow();
    }

    private static StoreHead of(DeviceState device, ResultSet row) throws SQLException {
        Map<ChangeState, Long> states = new EnumMap<>(ChangeState.class);
        for (ChangeState state : ChangeState.values()) {
            states.put(state, row.getLong(state.name().toLowerCase(Locale.ROOT)));
        }
        return new StoreHead(
                device,
                new Account(row.getLong(4), states),
                row.getLong(1),
                row.getLong(2),
                DigestSum.of(row.getBytes(3)));
    }

    /** The head of a new store; writes it. */
    static StoreHead create(SqlSession session, DeviceState device) {
        StoreHead head = new StoreHead(device, Account.EMPTY, 0, 0, DigestSum.ZERO);
        session.update(
                "INSERT INTO _hf_account VALUES (1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0)", (Object) head.root.bytes());
        head.writeDevice(session);
        return head;
    }

    /** Writes what differs from the stored head. */
    void write(SqlSession session, StoreHead stored) {
        if (!device.equals(stored.device)) {
            writeDevice(session);
        }
        if (lastOrder != stored.lastOrder
                || lastTime != stored.lastTime
                || !account.equals(stored.account)
                || !root.equals(stored.root)) {
            session.update(
                    UPDATE,
                    lastOrder,
                    lastTime,
                    root.bytes(),
                    account.made(),
                    account.in(ChangeState.PENDING),
                    account.in(ChangeState.COALESCED),
                    account.in(ChangeState.IN_FLIGHT),
                    account.in(ChangeState.ACCEPTED),
                    account.in(ChangeState.SUPERSEDED),
                    account.in(ChangeState.QUARANTINED),
                    account.in(ChangeState.DISCARDED));
        }
    }

    private void writeDevice(SqlSession session) {
        session.update(
                UPDATE_DEVICE, device.identity().scope(), device.identity().replica(), DeviceCodec.encode(device));
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
}
