package io.holdfast.store;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.LocalWriter;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.binding.RecordBinding;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Page;
import io.holdfast.store.query.Query;
import io.holdfast.store.query.StoredRecord;
import io.holdfast.store.sqlite.SqliteLocalStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Several writes that happen together or not at all, here and on the server. It reads its own writes, and nobody else
 * writes meanwhile. Not thread-safe; of no use after its body returned.
 */
public final class Transaction {

    private final StoreParts parts;
    private final LocalTransaction local;
    private final LocalWriter writer;
    private final Instant began;
    private final Duration timeout;

    Transaction(StoreParts parts, LocalTransaction local, Duration timeout) {
        this.parts = parts;
        this.local = local;
        this.timeout = timeout;
        began = parts.clock().instant();
        writer = new LocalWriter(parts.storage().schema(), local, parts.clock().millis());
    }

    /**
     * The records of a collection, within this transaction.
     *
     * @throws HoldfastException COLLECTION_UNKNOWN
     */
    public Records collection(String name) {
        parts.requireCollection(name);
        return new Within(name);
    }

    /** The records of a collection as Java records, within this transaction. */
    public <T extends Record> TypedRecords<T> collection(Class<T> type) {
        RecordBinding<T> binding = RecordBinding.of(type);
        return new TypedRecords<>(binding, collection(binding.collection().name()));
    }

    /** Ties the changes together; the last thing before the commit. */
    void finish() {
        checkTime();
        writer.finish();
    }

    private void checkTime() {
        if (Duration.between(began, parts.clock().instant()).compareTo(timeout) > 0) {
            throw new HoldfastException(
                    ErrorCode.TRANSACTION_TIMEOUT,
                    "The transaction took longer than it may, and nothing of it was written. Do less in one transaction.");
        }
    }

    private final class Within implements Records {
        private final String name;

        Within(String name) {
            this.name = name;
        }

        private LocalTransaction inTime() {
            checkTime();
            return local;
        }

        private SqliteLocalStorage storage() {
            return parts.storage();
        }

        @Override
        public String collection() {
            return name;
        }

        @Override
        public Written put(String id, Map<String, FieldEdit> edits) {
            inTime();
            parts.requireId(id);
            boolean changed = storage()
                    .attempt(local, () -> writer.put(new RecordKey(name, id), edits, parts.check(edits.keySet())));
            return new Written(id, WriteLevel.MEMORY, changed);
        }

        @Override
        public Written add(Map<String, FieldEdit> edits) {
            return put(parts.ids().next(), edits);
        }

        @Override
        public Written delete(String id) {
            inTime();
            boolean changed = storage().attempt(local, () -> writer.delete(new RecordKey(name, id)));
            return new Written(id, WriteLevel.MEMORY, changed);
        }

        @Override
        public Optional<StoredRecord> get(String id) {
            return storage().find(inTime(), new RecordKey(name, id));
        }

        @Override
        public Page<StoredRecord> find(Query query) {
            return storage().find(inTime(), name, query);
        }

        @Override
        public long count(Condition condition) {
            return storage().count(inTime(), name, condition);
        }

        @Override
        public List<String> explain(Query query) {
            return storage().explain(inTime(), name, query);
        }
    }
}
