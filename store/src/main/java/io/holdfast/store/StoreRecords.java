package io.holdfast.store;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.LocalWriter;
import io.holdfast.core.record.RecordKey;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Page;
import io.holdfast.store.query.Query;
import io.holdfast.store.query.StoredRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The records of a collection outside of transactions: each write shares a commit with others, but nothing else. Thread-safe. */
final class StoreRecords implements Records {

    private final StoreParts parts;
    private final String name;

    StoreRecords(StoreParts parts, String name) {
        this.parts = parts;
        this.name = name;
    }

    @Override
    public String collection() {
        return name;
    }

    @Override
    public Written put(String id, Map<String, FieldEdit> edits) {
        parts.requireId(id);
        boolean changed = parts.storage().write(transaction -> put(transaction, id, edits));
        return new Written(id, WriteLevel.DISK, changed);
    }

    /** One write as a change of its own. */
    boolean put(LocalTransaction transaction, String id, Map<String, FieldEdit> edits) {
        LocalWriter writer = writer(transaction);
        boolean changed = writer.put(new RecordKey(name, id), edits, parts.check(edits.keySet()));
        writer.finish();
        return changed;
    }

    private LocalWriter writer(LocalTransaction transaction) {
        return new LocalWriter(
                parts.storage().schema(), transaction, parts.clock().millis());
    }

    @Override
    public Written add(Map<String, FieldEdit> edits) {
        String id = parts.ids().next();
        boolean changed = parts.storage().write(transaction -> {
            parts.storage().expectFresh(transaction, new RecordKey(name, id));
            return put(transaction, id, edits);
        });
        return new Written(id, WriteLevel.DISK, changed);
    }

    @Override
    public Written delete(String id) {
        boolean changed = parts.storage().write(transaction -> {
            LocalWriter writer = writer(transaction);
            boolean was = writer.delete(new RecordKey(name, id));
            writer.finish();
            return was;
        });
        return new Written(id, WriteLevel.DISK, changed);
    }

    @Override
    public Optional<StoredRecord> get(String id) {
        return parts.storage().find(new RecordKey(name, id));
    }

    @Override
    public Page<StoredRecord> find(Query query) {
        return parts.storage().read(transaction -> parts.storage().find(transaction, name, query));
    }

    @Override
    public long count(Condition condition) {
        return parts.storage().read(transaction -> parts.storage().count(transaction, name, condition));
    }

    @Override
    public List<String> explain(Query query) {
        return parts.storage().read(transaction -> parts.storage().explain(transaction, name, query));
    }
}
