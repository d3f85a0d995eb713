package io.holdfast.store;

import io.holdfast.core.schema.binding.RecordBinding;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Page;
import io.holdfast.store.query.Query;
import io.holdfast.store.query.StoredRecord;
import java.util.List;
import java.util.Optional;

/**
 * The records of one collection as Java records. As thread-safe as the {@link Records} under it.
 *
 * @param <T> an annotated Java record, see {@link RecordBinding}
 */
public final class TypedRecords<T extends Record> {

    private final RecordBinding<T> binding;
    private final Records records;

    TypedRecords(RecordBinding<T> binding, Records records) {
        this.binding = binding;
        this.records = records;
    }

    /** The same records by the names of their fields, for counters, unions and single fields. */
    public Records untyped() {
        return records;
    }

    /**
     * Makes the stored record equal this one; only fields that differ are written.
     *
     * @throws io.holdfast.core.schema.RecordRefusedException with all that is wrong; nothing is changed then
     */
    public Written put(T record) {
        return records.put(binding.id(record), binding.edits(record));
    }

    /** Deletes a record; deleting what is not there changes nothing. */
    public Written delete(String id) {
        return records.delete(id);
    }

    /** A record as it stands. */
    public Optional<T> get(String id) {
        return records.get(id).map(this::typed);
    }

    /** A page of records. */
    public Page<T> find(Query query) {
        return records.find(query).map(this::typed);
    }

    /** How many records satisfy a condition. */
    public long count(Condition condition) {
        return records.count(condition);
    }

    /** See {@link Records#explain}. */
    public List<String> explain(Query query) {
        return records.explain(query);
    }

    private T typed(StoredRecord stored) {
        return binding.read(stored.id(), stored::value);
    }
}
