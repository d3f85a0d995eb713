package io.holdfast.store;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Page;
import io.holdfast.store.query.Query;
import io.holdfast.store.query.StoredRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records of one collection, by the names of its fields. Got from a {@link Store}, each write is a transaction of its
 * own and durable when it returns, and the object is thread-safe; got from a {@link Transaction}, it belongs to that.
 */
public interface Records {

    /** The collection's name. */
    String collection();

    /**
     * Writes fields of a record, which is made if it is not there. Fields that are not named stay as they are.
     *
     * @throws io.holdfast.core.schema.RecordRefusedException with all that is wrong with the record as it would become;
     *     nothing is changed then
     * @throws io.holdfast.core.error.HoldfastException FIELD_OPERATION, FIELD_RANGE, STORE_FULL, STORE_IO, STORE_DAMAGED,
     *     STORE_CLOSED
     */
    Written put(String id, Map<String, FieldEdit> edits);

    /** As {@link #put}, of a new record under an id that the store gives: a UUID of version 7. */
    Written add(Map<String, FieldEdit> edits);

    /** Deletes a record; deleting what is not there changes nothing. */
    Written delete(String id);

    /** A record as it stands. */
    Optional<StoredRecord> get(String id);

    /**
     * A page of records.
     *
     * @throws io.holdfast.core.error.HoldfastException QUERY_INVALID
     */
    Page<StoredRecord> find(Query query);

    /** How many records satisfy a condition. */
    long count(Condition condition);

    /** How the store would answer a query: the lines of SQLite's EXPLAIN QUERY PLAN, which name the index it uses. */
    List<String> explain(Query query);
}
