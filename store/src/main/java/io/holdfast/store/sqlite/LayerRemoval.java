package io.holdfast.store.sqlite;

/**
 * Takes layers away, those whose orders follow each other in one statement: a batch settles as many as four thousand. What was
 * {@linkplain #remove removed} is gone from the table once it is {@linkplain #finish finished}, before anybody reads it. Not
 * thread-safe; lives within one transaction.
 */
final class LayerRemoval {

    private static final String DELETE = "DELETE FROM _hf_layer WHERE ord BETWEEN ? AND ?";

    private final SqlSession session;
    private long first;
    private long last;
    private boolean some;

    LayerRemoval(SqlSession session) {
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

    /** Removes from the table what is not yet removed. */
    void finish() {
        if (some) {
            some = false;
            session.update(DELETE, first, last);
        }
    }

    /** Removes no more: what was asked for is undone. */
    void forget() {
        some = false;
    }
}
