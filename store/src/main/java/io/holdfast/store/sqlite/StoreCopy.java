package io.holdfast.store.sqlite;

import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SystemCollections;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The file of a store that nobody else uses, looked at without opening the store: it gets no new incarnation. For one
 * thread.
 */
public final class StoreCopy implements AutoCloseable {

    private final SqlSession session;
    private final Schema schema;

    private StoreCopy(SqlSession session, Schema schema) {
        this.session = session;
        this.schema = schema;
    }

    /**
     * Looks at a store, all of whose pages are checked.
     *
     * @throws io.holdfast.core.error.HoldfastException STORE_NOT_A_STORE, STORE_DAMAGED, STORE_IO
     */
    public static StoreCopy open(Path file) {
        StoreFile store = new StoreFile(file, SqliteOptions.defaults());
        store.inspect();
        SqlSession session = store.reader();
        try {
            StoreFounding.requireStore(session, file);
            StoreFounding.requireSound(session, file, SqliteOptions.Check.FULL);
            return new StoreCopy(session, StoreFounding.stored(session));
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    /** The schema of its records, without the system collections. */
    public Schema schema() {
        return schema;
    }

    /** The version of its tables. */
    public int layout() {
        return Math.toIntExact(session.number("PRAGMA user_version"));
    }

    /** Runs a body that reads. */
    public <T> T read(Function<LocalTransaction, T> body) {
        session.beginReading();
        SqliteTransaction transaction =
                SqliteTransaction.reading(session, new Catalog(session, SystemCollections.addTo(schema)));
        try {
            return body.apply(transaction);
        } finally {
            transaction.end();
            session.rollBack();
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
