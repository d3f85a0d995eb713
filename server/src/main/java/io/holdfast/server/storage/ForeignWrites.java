package io.holdfast.server.storage;

import io.holdfast.core.exchange.ForeignFate;
import io.holdfast.core.exchange.ForeignRow;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.server.storage.sql.ForeignWriteException;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.SqlColumn;
import io.holdfast.server.storage.table.Catalogue;
import io.holdfast.server.storage.table.CollectionTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What other programs wrote to rows of one scope, as the triggers noted it, within an append. Rows are locked before their notes are
 * read: a note that is not there then belongs to a write that comes after. Not thread-safe.
 */
final class ForeignWrites {

    private static final SqlColumn ID = MetadataTables.HEAD.key().get(1);

    /** Entries named in one statement. */
    private static final int ENTRIES = 1_000;

    private final Session session;
    private final Catalogue catalogue;
    private final String scope;

    /** The notes that were read, by record. */
    private final Map<RecordKey, List<Note>> notes = new HashMap<>();

    ForeignWrites(Session session, Catalogue catalogue, String scope) {
        this.session = session;
        this.catalogue = catalogue;
        this.scope = scope;
    }

    private record Note(long entry, RecordKey key, String operation) {}

    /** Locks the noted rows of these records, then reads the notes. */
    void lock(Collection<RecordKey> keys) throws SQLException {
        if (!any()) {
            return;
        }
        for (Map.Entry<String, List<String>> ids : byCollection(
                        noted(keys).stream().map(Note::key).collect(Collectors.toSet()))
                .entrySet()) {
            session.query(
                    "SELECT id FROM " + catalogue.table(ids.getKey()).table().quoted() + " WHERE scope = ? AND "
                            + session.dialect().among(ID) + " ORDER BY id"
                            + session.dialect().lockingRow(),
                    row -> true,
                    scope,
                    new Session.Texts(ids.getValue()));
        }
        for (Note note : noted(keys)) {
            notes.computeIfAbsent(note.key(), key -> new ArrayList<>()).add(note);
        }
    }

    private boolean any() throws SQLException {
        return session.first("SELECT 1 FROM hf_foreign_write WHERE scope = ? LIMIT 1", row -> true, scope)
                .isPresent();
    }

    private List<Note> noted(Collection<RecordKey> keys) throws SQLException {
        List<Note> found = new ArrayList<>();
        for (Map.Entry<String, List<String>> ids : byCollection(keys).entrySet()) {
            found.addAll(session.query(
                    "SELECT entry, id, operation FROM hf_foreign_write WHERE scope = ? AND collection = ? AND "
                            + session.dialect().among(ID) + " ORDER BY entry",
                    row -> new Note(row.getLong(1), new RecordKey(ids.getKey(), row.getString(2)), row.getString(3)),
                    scope,
                    ids.getKey(),
                    new Session.Texts(ids.getValue())));
        }
        return found;
    }

    private static Map<String, List<String>> byCollection(Collection<RecordKey> keys) {
        return keys.stream()
                .distinct()
                .collect(Collectors.groupingBy(
                        RecordKey::collection, TreeMap::new, Collectors.mapping(RecordKey::id, Collectors.toList())));
    }

    /** The locked rows that were noted, beside their records as they were before. */
    List<ForeignRow> rows(Map<RecordKey, ServerRecord> records) throws SQLException {
        List<ForeignRow> rows = new ArrayList<>();
        for (Map.Entry<String, List<String>> ids : byCollection(notes.keySet()).entrySet()) {
            CollectionTable table = catalogue.table(ids.getKey());
            Map<RecordKey, ForeignRow> standing = new HashMap<>();
            session.query(
                    "SELECT id" + table.actualList(session.dialect(), "t") + table.presenceList("t") + " FROM "
                            + table.table().quoted() + " AS t WHERE scope = ? AND "
                            + session.dialect().among(ID),
                    row -> {
                        RecordKey key = new RecordKey(table.collection(), row.getString(1));
                        RecordState believed = Optional.ofNullable(records.get(key))
                                .map(ServerRecord::state)
                                .orElse(RecordState.ABSENT);
                        return standing.put(
                                key,
                                table.actual(session.dialect(), row, 2)
                                        .against(key, believed, table.presence(row, 2), operations(key)));
                    },
                    scope,
                    new Session.Texts(ids.getValue()));
            for (String id : ids.getValue()) {
                RecordKey key = new RecordKey(ids.getKey(), id);
                rows.add(standing.getOrDefault(key, new ForeignRow(key, Optional.empty(), Set.of(), operations(key))));
            }
        }
        return rows;
    }

    private String operations(RecordKey key) {
        return notes.getOrDefault(key, List.of()).stream()
                .map(Note::operation)
                .collect(Collectors.toCollection(LinkedHashSet::new))
                .stream()
                .collect(Collectors.joining(", "));
    }

    /**
     * Makes sure that no other program wrote to these records but as was read. Called once their rows are written, and so locked:
     * whoever wrote before has committed its notes.
     *
     * @throws ForeignWriteException if one did
     */
    void requireNoOther(Collection<RecordKey> keys) throws SQLException {
        if (keys.isEmpty() || !any()) {
            return;
        }
        Set<Long> known = new HashSet<>();
        notes.values().forEach(read -> read.forEach(note -> known.add(note.entry())));
        Set<RecordKey> others = noted(keys).stream()
                .filter(note -> !known.contains(note.entry()))
                .map(Note::key)
                .collect(Collectors.toSet());
        if (!others.isEmpty()) {
            throw new ForeignWriteException(others);
        }
    }

    /** Writes down what became of the rows. */
    void settle(List<ForeignFate> fates) throws SQLException {
        Map<String, List<Long>> byCode = new TreeMap<>();
        Set<RecordKey> taken = new TreeSet<>();
        for (ForeignFate fate : fates) {
            String code = fate.refused().map(Enum::name).orElse("");
            List<Long> entries = byCode.computeIfAbsent(code, name -> new ArrayList<>());
            notes.getOrDefault(fate.key(), List.of()).forEach(note -> entries.add(note.entry()));
            if (code.isEmpty()) {
                taken.add(fate.key());
            }
        }
        for (Map.Entry<String, List<String>> ids : byCollection(taken).entrySet()) {
            session.update(
                    "DELETE FROM " + catalogue.table(ids.getKey()).before().quoted() + " WHERE scope = ? AND "
                            + session.dialect().among(ID),
                    scope,
                    new Session.Texts(ids.getValue()));
        }
        for (Map.Entry<String, List<Long>> entries : byCode.entrySet()) {
            settle(entries.getKey(), entries.getValue());
        }
    }

    private void settle(String code, List<Long> entries) throws SQLException {
        for (int from = 0; from < entries.size(); from += ENTRIES) {
            String some = entries.subList(from, Math.min(entries.size(), from + ENTRIES)).stream()
                    .map(entry -> Long.toString(entry))
                    .collect(Collectors.joining(", ", " WHERE entry IN (", ")"));
            if (code.isEmpty()) {
                session.update("DELETE FROM hf_foreign_write" + some);
            } else {
                session.update("UPDATE hf_foreign_write SET code = ?" + some, code);
            }
        }
    }

    /** Whether another program wrote a record. */
    static boolean noted(Session session, String scope, RecordKey key) throws SQLException {
        return session.first(
                        "SELECT 1 FROM hf_foreign_write WHERE scope = ? AND collection = ? AND id = ? LIMIT 1",
                        row -> true,
                        scope,
                        key.collection(),
                        key.id())
                .isPresent();
    }

    /** Ids of a collection's records that other programs wrote, in some range. */
    static Set<String> ids(Session session, String scope, String collection, String after, Optional<String> last)
            throws SQLException {
        List<Object> parameters = new ArrayList<>(List.of(scope, collection, after));
        last.ifPresent(parameters::add);
        return new TreeSet<>(session.query(
                "SELECT DISTINCT id FROM hf_foreign_write WHERE scope = ? AND collection = ? AND id > ?"
                        + (last.isPresent() ? " AND id <= ?" : ""),
                row -> row.getString(1),
                parameters.toArray()));
    }
}
