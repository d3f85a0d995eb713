package io.holdfast.store.sqlite;

import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The collections of a store by name and by number. A collection that only newer schemas know has a number but no table;
 * its number is looked up each time, because the transaction that gave it may yet fail. Immutable and thread-safe.
 */
final class Catalog {

    private static final String NUMBER = "SELECT number FROM _hf_collection WHERE name = ?";
    private static final String NAME = "SELECT name FROM _hf_collection WHERE number = ?";
    private static final String GIVE = "INSERT INTO _hf_collection (name) VALUES (?) ON CONFLICT (name) DO NOTHING";

    private final SortedMap<String, CollectionTable> tables = new TreeMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();

    /** The collections of the schema that the store's tables were made for. */
    Catalog(SqlSession session, Schema schema) {
        for (CollectionSchema collection : schema.collections().values()) {
            tables.put(collection.name(), new CollectionTable(collection));
            int number = number(session, collection.name())
                    .orElseThrow(() -> SqliteFailures.rowMissing("_hf_collection " + collection.name()));
            numbers.put(collection.name(), number);
            names.put(number, collection.name());
        }
    }

    /** Gives a collection a number, if it has none; within a transaction. */
    static void give(SqlSession session, String collection) {
        session.update(GIVE, collection);
    }

    /** The table of a collection that the schema knows. */
    Optional<CollectionTable> table(String collection) {
        return Optional.ofNullable(tables.get(collection));
    }

    /** The number of a collection, if it was ever given one. */
    OptionalInt number(SqlSession session, String collection) {
        Integer known = numbers.get(collection);
        if (known != null) {
            return OptionalInt.of(known);
        }
        return session.first(NUMBER, row -> OptionalInt.of(row.getInt(1)), collection)
                .orElse(OptionalInt.empty());
    }

    /** The collection of a number. */
    String name(SqlSession session, int number) {
        String known = names.get(number);
        return known != null
                ? known
                : session.first(NAME, row -> row.getString(1), number)
                        .orElseThrow(() -> SqliteFailures.rowMissing("_hf_collection " + number));
    }

    /** Every collection that has a number, in bytewise order, the unknown ones included. */
    SortedMap<String, Integer> all(SqlSession session) {
        SortedMap<String, Integer> all = new TreeMap<>();
        session.each("SELECT name, number FROM _hf_collection", row -> all.put(row.getString(1), row.getInt(2)));
        return all;
    }
}
