package io.holdfast.store.sqlite;

import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.StateCodec;
import java.util.List;
import java.util.Set;

/**
 * What the server confirmed of each record. While a record is clean and live its values stand in the collection's row, and
 * only stamps and whatever the columns cannot hold stand here; otherwise the whole confirmed state does.
 */
final class HeadTable {

    private static final String UPSERT = "INSERT INTO _hf_head (collection, id, sequence, digest, bucket, whole, meta)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (collection, id) DO UPDATE SET sequence = excluded.sequence,"
            + " digest = excluded.digest, bucket = excluded.bucket, whole = excluded.whole, meta = excluded.meta";
    private static final String DELETE = "DELETE FROM _hf_head WHERE collection = ? AND id = ?";
    private static final String ABOVE =
            "SELECT collection, id FROM _hf_head WHERE sequence > ? ORDER BY sequence, collection, id LIMIT ?";
    private static final String AFTER =
            "SELECT collection, id FROM _hf_head WHERE collection = ? AND id > ? ORDER BY id LIMIT ?";
    private static final String DIGESTS =
            "SELECT collection, id, bucket, digest FROM _hf_head WHERE digest IS NOT NULL";

    /** Where the confirmed values stand. */
    static final int IN_ROW = 0;

    static final int WHOLE = 1;
    /** At the server alone. */
    static final int RELEASED = 2;

    private final Catalog catalog;

    HeadTable(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Writes what differs between two forms of one record's confirmed state. */
    void save(SqlSession session, int collection, LocalRecord before, LocalRecord after) {
        int whole = whole(after);
        if (after.confirmed().absent() && !after.released()) {
            // A head whose bytes cannot be read any more is there, too; that of a tombstone has no digest.
            if (!before.confirmed().absent() || !before.digest().isNone() || before.sequence() != 0) {
                session.update(DELETE, collection, after.key().id());
            }
        } else if (before.confirmed().absent()
                || whole != whole(before)
                || before.released() != after.released()
                || before.sequence() != after.sequence()
                || !before.digest().equals(after.digest())
                || !before.confirmed().equals(after.confirmed())) {
            write(session, collection, after, whole);
        }
    }

    /** Writes a record's confirmed state again, for tables that have changed meanwhile. */
    void rewrite(SqlSession session, int collection, LocalRecord record) {
        if (!record.confirmed().absent()) {
            write(session, collection, record, whole(record));
        }
    }

    private void write(SqlSession session, int collection, LocalRecord record, int whole) {
        session.update(
                UPSERT,
                collection,
                record.key().id(),
                record.sequence(),
                record.digest().isNone() ? null : record.digest().bytes(),
                record.bucket(),
                whole,
                StateCodec.encode(record.confirmed(), whole == IN_ROW ? heldFields(record) : Set.of()));
    }

    List<LayerTable.Place> above(SqlSession session, long sequence, int limit) {
        return session.all(ABOVE, LayerTable.Place::of, sequence, limit);
    }

    /** The records of one collection after an id (empty text: from the first), in order. */
    List<LayerTable.Place> after(SqlSession session, int collection, String id, int limit) {
        return session.all(AFTER, LayerTable.Place::of, collection, id, limit);
    }

    void digests(SqlSession session, LocalTransaction.DigestVisitor visitor) {
        session.each(DIGESTS, row -> {
            RecordKey key = new RecordKey(catalog.name(session, row.getInt(1)), row.getString(2));
            visitor.visit(key, row.getInt(3), Digest.of(row.getBytes(4)));
            return key;
        });
    }

    /** Whether the state stands here whole, because the collection's row shows something else or there is none. */
    private int whole(LocalRecord record) {
        if (record.released()) {
            return RELEASED;
        }
        boolean elsewhere = record.clean()
                && record.confirmed().live()
                && catalog.table(record.key().collection()).isPresent();
        return elsewhere ? IN_ROW : WHOLE;
    }

    private Set<String> heldFields(LocalRecord record) {
        return catalog.table(record.key().collection()).orElseThrow().heldFields(record.confirmed());
    }
}
