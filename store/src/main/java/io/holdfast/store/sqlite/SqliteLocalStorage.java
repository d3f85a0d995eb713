package io.holdfast.store.sqlite;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.LocalStorage;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.Schema;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Page;
import io.holdfast.store.query.Query;
import io.holdfast.store.query.StoredRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A {@link LocalStorage} in one SQLite file, in WAL mode with {@code synchronous=FULL}. One process at a time has it open.
 * Thread-safe: writes share commits ({@link GroupWriter}), reads run beside them on a few connections.
 */
public final class SqliteLocalStorage implements LocalStorage, AutoCloseable {

    private final Path path;
    private final StoreLock lock;
    private final SqlSession writing;
    private final Catalog catalog;
    private final Schema schema;
    private final StoreFile file;
    private final PlatformThreads platform;
    private final Readers readers;
    private final GroupWriter writer;
    private final List<Consumer<List<RecordKey>>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private SqliteLocalStorage(
            Path path, StoreLock lock, StoreFile file, SqlSession writing, Schema schema, SqliteOptions options) {
        this.path = path;
        this.lock = lock;
        this.writing = writing;
        this.schema = schema;
        this.file = file;
        catalog = new Catalog(writing, schema);
        platform = new PlatformThreads(options.readers() + 1);
        readers = new Readers(options.readers(), platform, file::reader);
        writer = new GroupWriter(writing, catalog, platform, saved -> listeners.forEach(one -> one.accept(saved)));
    }

    /**
     * Opens a store, or makes it if the file is not there and the schema and scope are given. Its new incarnation is durable
     * when this returns.
     *
     * @throws HoldfastException STORE_IN_USE, STORE_NOT_A_STORE, STORE_DAMAGED, STORE_OTHER_SCOPE, STORE_FULL, STORE_IO,
     *     SCHEMA_INVALID, SCHEMA_DESTRUCTIVE
     */
    public static SqliteLocalStorage open(Path path, Opening opening, SqliteOptions options) {
        StoreLock lock = StoreLock.take(path);
        try {
            return open(lock, new StoreFile(path, options), path, opening, options);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static SqliteLocalStorage open(
            StoreLock lock, StoreFile file, Path path, Opening opening, SqliteOptions options) {
        if (file.exists()) {
            file.inspect();
        } else {
            file.create(session -> StoreFounding.found(session, path, opening));
        }
        SqlSession writing = file.writer();
        try {
            Schema schema = StoreFounding.enter(writing, path, opening, options.check());
            return new SqliteLocalStorage(path, lock, file, writing, schema, options);
        } catch (RuntimeException | Error e) {
            writing.close();
            throw e;
        }
    }

    /**
     * Checks the file while it is used; writers go on.
     *
     * @throws HoldfastException STORE_DAMAGED
     */
    public void check(SqliteOptions.Check check) {
        snapshot(session -> {
            StoreFounding.requireSound(session, path, check);
            return true;
        });
    }

    @Override
    public void requireSound() {
        check(SqliteOptions.Check.QUICK);
    }

    /** Bytes on the disk, the log's included. */
    public long bytes() {
        return file.bytes();
    }

    /** Gives the room that nothing stands in back to the disk. */
    public void shrink() {
        writeAlone(transaction -> {
            own(transaction).shrink();
            return true;
        });
        file.checkpoint();
    }

    /** The schema its tables are made for, system collections included. */
    public Schema schema() {
        return schema;
    }

    @Override
    public <T> T write(Function<LocalTransaction, T> body) {
        requireOpen();
        return writer.grouped(body::apply);
    }

    /** As {@link #write}, but as the only member of its commit and on the caller's own thread. */
    public <T> T writeAlone(Function<LocalTransaction, T> body) {
        requireOpen();
        return writer.alone(body::apply);
    }

    @Override
    public <T> T read(Function<LocalTransaction, T> body) {
        return snapshot(session -> {
            SqliteTransaction transaction = SqliteTransaction.reading(session, catalog);
            try {
                return body.apply(transaction);
            } finally {
                transaction.end();
            }
        });
    }

    /** Runs a body over one state of the store. */
    <T> T snapshot(Function<SqlSession, T> body) {
        requireOpen();
        return readers.read(session -> {
            if (session.inTransaction()) {
                return body.apply(session);
            }
            session.beginReading();
            try {
                return body.apply(session);
            } finally {
                session.rollBack();
            }
        });
    }

    /** What a reader sees of a record, outside any transaction. */
    public Optional<StoredRecord> find(RecordKey key) {
        requireOpen();
        return readers.read(session -> visible(session, key));
    }

    /** What a reader sees of a record, within a transaction of this storage. */
    public Optional<StoredRecord> find(LocalTransaction transaction, RecordKey key) {
        return visible(session(transaction), key);
    }

    private Optional<StoredRecord> visible(SqlSession session, RecordKey key) {
        return table(key.collection()).visible(session, key.id()).map(values -> new StoredRecord(key, values));
    }

    /**
     * Answers a query within a transaction of this storage.
     *
     * @throws HoldfastException QUERY_INVALID, COLLECTION_UNKNOWN
     */
    public Page<StoredRecord> find(LocalTransaction transaction, String collection, Query query) {
        return new QuerySql(table(collection), query).run(session(transaction));
    }

    /** Counts within a transaction of this storage. */
    public long count(LocalTransaction transaction, String collection, Condition condition) {
        return QuerySql.count(session(transaction), table(collection), condition);
    }

    /** How SQLite goes about a query: the lines of EXPLAIN QUERY PLAN. */
    public List<String> explain(LocalTransaction transaction, String collection, Query query) {
        return new QuerySql(table(collection), query).explain(session(transaction));
    }

    /** Says that a key was drawn at random just now, so that a transaction of this storage need not look for its record. */
    public void expectFresh(LocalTransaction transaction, RecordKey key) {
        own(transaction).expectFresh(key);
    }

    /** Runs a step within a writing transaction of this storage; if it throws, nothing of the step remains. */
    public <T> T attempt(LocalTransaction transaction, Supplier<T> step) {
        return own(transaction).attempt(step);
    }

    /** How many conflicts wait for a person, within a transaction of this storage. */
    public long openConflicts(LocalTransaction transaction) {
        return LogTables.openConflicts(session(transaction));
    }

    private CollectionTable table(String collection) {
        return catalog.table(collection)
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.COLLECTION_UNKNOWN,
                        "There is no collection " + collection + ". Check the name, or extend the schema."));
    }

    private static SqlSession session(LocalTransaction transaction) {
        return own(transaction).reading();
    }

    private static SqliteTransaction own(LocalTransaction transaction) {
        if (transaction instanceof SqliteTransaction own) {
            return own;
        }
        throw new IllegalArgumentException("the transaction belongs to another storage");
    }

    /**
     * Hears of every commit's records, in no order, some perhaps twice; on the committing thread, before its callers
     * return, so it must be quick.
     */
    public void onCommit(Consumer<List<RecordKey>> listener) {
        listeners.add(listener);
    }

    /** Takes a listener away. */
    public void removeListener(Consumer<List<RecordKey>> listener) {
        listeners.remove(listener);
    }

    private void requireOpen() {
        if (closed) {
            throw new HoldfastException(ErrorCode.STORE_CLOSED, "The store is closed. Open it again.");
        }
    }

    /** Whether this thread runs a body of this storage, or tells of a commit: whoever waits there for others may wait for itself. */
    public boolean isInside() {
        return writer.isInside() || readers.isInside();
    }

    /**
     * Waits for what is under way, moves the log into the file and gives up the lock. Closing again does nothing.
     *
     * @throws IllegalStateException within a body of this storage, or a listener: it would wait for itself
     */
    @Override
    public void close() {
        if (isInside()) {
            throw new IllegalStateException(
                    "A store is not closed within its own transaction, read or listener: close it after that.");
        }
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try (lock;
                platform;
                writing;
                readers) {
            writer.close();
        }
    }
}
