package io.holdfast.store.sqlite;

import org.jspecify.annotations.Nullable;

/**
 * What the table of layers does not know yet. Layers whose orders follow each other are taken away in one statement: a batch
 * settles as many as four thousand. The newest layer waits for the store's head, which stands in its row: writing the row twice
 * would cost a put one statement more. All of it is written once it is {@linkplain #finish finished}, before anybody reads the
 * table. Not thread-safe; lives within one transaction.
 */
final class LayerWrites {

    private static final String DELETE = "DELETE FROM _hf_layer WHERE ord BETWEEN ? AND ?";

    private final SqlSession session;
    private long first;
    private long last;
    private boolean some;
    private LayerTable.@Nullable Row newest;

    LayerWrites(SqlSession session) {
        this.session = session;
    }

    /** Removes a layer, soon. */
    void remove(long order) {
        if (some && order == last + 1) {
            last = order;
            return;
        }
        finish();
        first = order;
        last = order;
        some = true;
    }

    /** Adds a layer, soon. */
    void add(LayerTable.Row row) {
        finish();
        newest = row;
    }

    /** Writes what is not yet written: either removals or a layer, as each writes the other before it waits. */
    void finish() {
        if (some) {
            some = false;
            session.update(DELETE, first, last);
        }
        LayerTable.Row row = newest;
        if (row != null) {
            newest = null;
            LayerTable.insert(session, row, null);
        }
    }

    /** As {@link #finish()}, with the head in the row if a layer of the given order waits; returns whether it does. */
    boolean finish(long order, byte[] head) {
        LayerTable.Row row = newest;
        if (row == null || row.layer().order() != order) {
            finish();
            return false;
        }
        newest = null;
        LayerTable.insert(session, row, head);
        return true;
    }

    /** Writes no more: what was asked for is undone. */
    void forget() {
        some = false;
        newest = null;
    }
}
