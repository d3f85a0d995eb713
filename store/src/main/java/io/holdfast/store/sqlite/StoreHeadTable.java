package io.holdfast.store.sqlite;

import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.reconcile.DigestSum;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the head stands. A commit writes it in one of two places, under a version that grows: into the row of the newest
 * change, if the commit made that row, because its page is written anyway and a page less is a tenth of a durable write;
 * else into {@code _hf_account}. The newer of both counts, so a commit that touches the row of an older change writes the
 * latter. Not thread-safe; belongs to the writer.
 *
 * <p>Form beside a change, big-endian, 8 bytes each: version, last order, last time, the root (40 bytes), changes made, and
 * how many are in each state as listed in {@link #STATES}.
 */
final class StoreHeadTable {

    private static final List<ChangeState> STATES = List.of(
            ChangeState.PENDING,
            ChangeState.COALESCED,
            ChangeState.IN_FLIGHT,
            ChangeState.ACCEPTED,
            ChangeState.SUPERSEDED,
            ChangeState.QUARANTINED,
            ChangeState.DISCARDED);
    private static final int BYTES = (4 + STATES.size()) * Long.BYTES + DigestSum.BYTES;

    private static final String SELECT =
            "SELECT version, last_order, last_time, root, made, pending, coalesced, in_flight, accepted, superseded,"
                    + " quarantined, discarded FROM _hf_account WHERE id = 1";
    private static final String BESIDE = "SELECT head FROM _hf_layer ORDER BY ord DESC LIMIT 1";
    private static final String INSERT = "INSERT INTO _hf_account VALUES (1, 0, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0)";
    private static final String UPDATE =
            "UPDATE _hf_account SET version = ?, last_order = ?, last_time = ?, root = ?, made = ?, pending = ?,"
                    + " coalesced = ?, in_flight = ?, accepted = ?, superseded = ?, quarantined = ?, discarded = ?"
                    + " WHERE id = 1";
    private static final String UPDATE_BESIDE = "UPDATE _hf_layer SET head = ? WHERE ord = ?";
    private static final String SELECT_DEVICE = "SELECT state FROM _hf_device WHERE id = 1";
    private static final String UPDATE_DEVICE =
            "INSERT INTO _hf_device (id, scope, replica, state) VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                    + " scope = excluded.scope, replica = excluded.replica, state = excluded.state";

    private final SqlSession session;
    private StoreHead stored;
    private long version;
    private boolean beside;

    /** What a commit did to changes. */
    enum Layers {
        /** Nothing, or only made new ones. */
        ADDED,
        /** Moved or removed older ones, too. */
        MOVED
    }

    StoreHeadTable(SqlSession session) {
        this.session = session;
        Versioned newest = newest(session);
        stored = newest.head;
        version = newest.version;
        beside = newest.beside;
    }

    /** A head under its version. */
    private record Versioned(StoreHead head, long version, boolean beside) {}

    /** The rows of a new store. */
    static void create(SqlSession session, DeviceState device) {
        StoreHead head = StoreHead.first(device);
        session.update(INSERT, (Object) head.root().bytes());
        writeDevice(session, head);
    }

    /** The head as the connection sees it. */
    static StoreHead read(SqlSession session) {
        return newest(session).head;
    }

    private static Versioned newest(SqlSession session) {
        DeviceState device = session.first(SELECT_DEVICE, row -> DeviceCodec.decode(row.getBytes(1)))
                .orElseThrow(() -> SqliteFailures.rowMissing("_hf_device"));
        Versioned account = session.first(SELECT, row -> of(device, row))
                .orElseThrow(() -> SqliteFailures.rowMissing("_hf_account"));
        return session.first(BESIDE, row -> of(device, row.getBytes(1), account))
                .filter(other -> other.version > account.version)
                .orElse(account);
    }

    private static Versioned of(DeviceState device, ResultSet row) throws SQLException {
        Map<ChangeState, Long> states = new EnumMap<>(ChangeState.class);
        int column = 6;
        for (ChangeState state : STATES) {
            states.put(state, row.getLong(column++));
        }
        StoreHead head = new StoreHead(
                device,
                new Account(row.getLong(5), states),
                row.getLong(2),
                row.getLong(3),
                DigestSum.of(row.getBytes(4)));
        return new Versioned(head, row.getLong(1), false);
    }

    private static Versioned of(DeviceState device, byte @Nullable [] bytes, Versioned otherwise) {
        if (bytes == null) {
            return otherwise;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long version = in.getLong();
        long lastOrder = in.getLong();
        long lastTime = in.getLong();
        byte[] root = new byte[DigestSum.BYTES];
        in.get(root);
        long made = in.getLong();
        Map<ChangeState, Long> states = new EnumMap<>(ChangeState.class);
        for (ChangeState state : STATES) {
            states.put(state, in.getLong());
        }
        StoreHead head = new StoreHead(device, new Account(made, states), lastOrder, lastTime, DigestSum.of(root));
        return new Versioned(head, version, true);
    }

    /** The head that stands. */
    StoreHead stored() {
        return stored;
    }

    /** Writes what differs, and what else is to be written, at the end of a commit; {@link #committed} makes it the head that stands. */
    boolean write(StoreHead next, Layers layers, LayerWrites writes) {
        if (!next.device().equals(stored.device())) {
            writeDevice(session, next);
        }
        boolean same = next.sameCounts(stored);
        if (same && !(beside && layers == Layers.MOVED)) {
            writes.finish();
            return beside;
        }
        boolean written = layers == Layers.ADDED && next.lastOrder() > stored.lastOrder() && writeBeside(next, writes);
        if (!written) {
            writes.finish();
            writeAccount(next);
        }
        return written;
    }

    private boolean writeBeside(StoreHead next, LayerWrites writes) {
        byte[] head = encode(next, version + 1);
        return writes.finish(next.lastOrder(), head) || session.update(UPDATE_BESIDE, head, next.lastOrder()) == 1;
    }

    /** The commit is durable. */
    void committed(StoreHead next, boolean nowBeside) {
        stored = next;
        version++;
        beside = nowBeside;
    }

    private void writeAccount(StoreHead next) {
        session.update(
                UPDATE,
                version + 1,
                next.lastOrder(),
                next.lastTime(),
                next.root().bytes(),
                next.account().made(),
                next.in(ChangeState.PENDING),
                next.in(ChangeState.COALESCED),
                next.in(ChangeState.IN_FLIGHT),
                next.in(ChangeState.ACCEPTED),
                next.in(ChangeState.SUPERSEDED),
                next.in(ChangeState.QUARANTINED),
                next.in(ChangeState.DISCARDED));
    }

    private static byte[] encode(StoreHead head, long version) {
        ByteBuffer out = ByteBuffer.allocate(BYTES)
                .putLong(version)
                .putLong(head.lastOrder())
                .putLong(head.lastTime())
                .put(head.root().bytes())
                .putLong(head.account().made());
        STATES.forEach(state -> out.putLong(head.in(state)));
        return out.array();
    }

    private static void writeDevice(SqlSession session, StoreHead head) {
        DeviceState device = head.device();
        session.update(
                UPDATE_DEVICE, device.identity().scope(), device.identity().replica(), DeviceCodec.encode(device));
    }
}
