package io.holdfast.store;

import io.holdfast.core.document.Document;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.LocalStorage;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.Validator;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.schema.binding.RecordBinding;
import io.holdfast.store.query.Condition;
import io.holdfast.store.sqlite.Opening;
import io.holdfast.store.sqlite.SqliteLocalStorage;
import io.holdfast.store.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * An embedded store of records in one file, which works without any server and can be followed by one. Every write is
 * durable when it returns. One process at a time has the file open. Thread-safe.
 *
 * <pre>{@code
 * try (Store store = Store.open(Path.of("journal.holdfast"), schema, "ann", StoreOptions.defaults())) {
 *     TypedRecords<Entry> entries = store.collection(Entry.class);
 *     entries.put(new Entry("1", "a", Instant.parse("2026-11-20T08:00:00Z")));
 * }
 * }</pre>
 */
public final class Store implements AutoCloseable {

    private final StoreParts parts;
    private final StoreOptions options;

    private Store(StoreParts parts, StoreOptions options) {
        this.parts = parts;
        this.options = options;
    }

    /**
     * Opens the store of a scope, or makes it if the file is not there. A newer version of the schema upgrades the store.
     *
     * @throws io.holdfast.core.error.HoldfastException STORE_IN_USE, STORE_NOT_A_STORE, STORE_DAMAGED, STORE_OTHER_SCOPE,
     *     STORE_FULL, STORE_IO, SCHEMA_INVALID, SCHEMA_DESTRUCTIVE; the file is as it was then
     */
    public static Store open(Path file, Schema schema, String scope, StoreOptions options) {
        return open(file, Optional.of(schema), Optional.of(scope), options);
    }

    /** Opens a store that is there, with the schema and scope it has. */
    public static Store open(Path file, StoreOptions options) {
        return open(file, Optional.empty(), Optional.empty(), options);
    }

    private static Store open(Path file, Optional<Schema> schema, Optional<String> scope, StoreOptions options) {
        RecordIdSource ids = new RecordIdSource(options.clock(), options.random());
        Opening opening = new Opening(schema, scope, ids.next(), incarnation(options));
        SqliteLocalStorage storage = SqliteLocalStorage.open(file, opening, options.file());
        Validator validator = new Validator(storage.schema());
        return new Store(new StoreParts(storage, options.clock(), ids, validator), options);
    }

    /** 64 random bits; 0 stands for no incarnation. */
    private static long incarnation(StoreOptions options) {
        long drawn = options.random().nextLong();
        return drawn == 0 ? incarnation(options) : drawn;
    }

    /**
     * The records of a collection by the names of their fields.
     *
     * @throws io.holdfast.core.error.HoldfastException COLLECTION_UNKNOWN
     */
    public Records collection(String name) {
        parts.requireCollection(name);
        return new StoreRecords(parts, name);
    }

    /** The records of a collection as Java records. */
    public <T extends Record> TypedRecords<T> collection(Class<T> type) {
        RecordBinding<T> binding = RecordBinding.of(type);
        return new TypedRecords<>(binding, collection(binding.collection().name()));
    }

    /**
     * Writes many records of one collection in one commit, each as a change of its own: those that are refused do not keep
     * the others from being written.
     *
     * @return what came of each, in order; none is more than on this device's disk
     */
    public List<PutOutcome> putAll(String collection, List<Document> documents) {
        parts.requireCollection(collection);
        StoreRecords records = new StoreRecords(parts, collection);
        return parts.storage().write(transaction -> {
            List<PutOutcome> outcomes = new ArrayList<>(documents.size());
            for (Document document : documents) {
                outcomes.add(put(records, transaction, document));
            }
            return outcomes;
        });
    }

    private PutOutcome put(StoreRecords records, LocalTransaction transaction, Document document) {
        String id = document.id().orElseGet(parts.ids()::next);
        try {
            parts.requireId(id);
            boolean changed =
                    parts.storage().attempt(transaction, () -> records.put(transaction, id, document.edits()));
            return new Written(id, WriteLevel.DISK, changed);
        } catch (RecordRefusedException refused) {
            return new PutOutcome.Refused(refused.violations());
        } catch (HoldfastException failure) {
            return refused(failure);
        }
    }

    /** A field that cannot take its edit concerns one record; a full disk concerns them all. */
    private static PutOutcome refused(HoldfastException failure) {
        return switch (failure.code()) {
            case FIELD_UNKNOWN, FIELD_OPERATION, FIELD_RANGE ->
                new PutOutcome.Refused(
                        List.of(Violation.ofRecord(failure.code(), String.valueOf(failure.getMessage()))));
            default -> throw failure;
        };
    }

    /**
     * Runs a body whose writes happen together or not at all, here and on the server. Nobody else writes meanwhile. It is
     * durable when this returns; if the body throws, nothing happened.
     *
     * @throws io.holdfast.core.error.HoldfastException TRANSACTION_TOO_LARGE above {@link
     *     io.holdfast.core.Limits#TRANSACTION_CHANGES_MAX} records, TRANSACTION_TIMEOUT, and what the writes throw
     * @throws IllegalStateException within another transaction
     */
    public <T> T transaction(Function<Transaction, T> body) {
        return parts.storage().writeAlone(local -> {
            Transaction transaction = new Transaction(parts, local, options.transactionTimeout());
            T result = body.apply(transaction);
            transaction.finish();
            return result;
        });
    }

    /** What waits for the server or for a person, and the account of all changes. */
    public Review review() {
        return new Review(parts);
    }

    /** How many records there are, those of the schema's collections taken together. */
    public long records() {
        return parts.storage()
                .read(transaction -> schema().collections().keySet().stream()
                        .filter(name -> !name.startsWith("_"))
                        .mapToLong(name -> parts.storage().count(transaction, name, Condition.always()))
                        .sum());
    }

    /**
     * Checks every page of the file, and every index against its table: what a look at the records has no reason to read. Takes
     * as long as reading the file; writers go on.
     *
     * @throws io.holdfast.core.error.HoldfastException STORE_DAMAGED
     */
    public void checkFile() {
        parts.storage().check(SqliteOptions.Check.FULL);
    }

    /** How much room the store and making room in it take. Thread-safe. */
    public Room room() {
        return new Room(parts);
    }

    /** The schema, system collections included. */
    public Schema schema() {
        return parts.storage().schema();
    }

    /** Who this store is to the server, and how far it is with it. */
    public DeviceState device() {
        return parts.storage().read(LocalTransaction::device);
    }

    /** The storage under it, for whatever exchanges its records with a server. */
    public LocalStorage storage() {
        return parts.storage();
    }

    /**
     * Hears of the records of every commit, on the committing thread before its callers return: be quick.
     *
     * @return closing it ends the subscription
     */
    public Subscription onCommit(Consumer<Set<RecordKey>> listener) {
        Consumer<List<RecordKey>> heard = saved -> listener.accept(new LinkedHashSet<>(saved));
        parts.storage().onCommit(heard);
        return () -> parts.storage().removeListener(heard);
    }

    /** A standing interest that can be given up. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        /** Gives it up; again does nothing. */
        @Override
        void close();
    }

    /**
     * Whether this thread is within a transaction, a read or a listener of this store: whoever waits there for another thread may
     * wait for itself.
     */
    public boolean isInside() {
        return parts.storage().isInside();
    }

    /**
     * Waits for what is under way and gives the file up. Closing again does nothing.
     *
     * @throws IllegalStateException within a transaction, a read or a listener of this store
     */
    @Override
    public void close() {
        parts.storage().close();
    }
}
