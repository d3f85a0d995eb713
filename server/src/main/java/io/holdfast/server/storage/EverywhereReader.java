package io.holdfast.server.storage;

import io.holdfast.core.exchange.Place;
import io.holdfast.core.exchange.PlacedRecord;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.TextMatch;
import io.holdfast.core.record.RecordKey;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.SqlColumn;
import io.holdfast.server.storage.table.Catalogue;
import io.holdfast.server.storage.table.CollectionTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds records of one collection over all scopes: their places from the typed table, then each scope's. Not thread-safe. */
final class EverywhereReader {

    private final Session session;
    private final Catalogue catalogue;
    private final CollectionTable table;

    EverywhereReader(Session session, Catalogue catalogue, String collection) {
        this.session = session;
        this.catalogue = catalogue;
        this.table = catalogue.table(collection);
    }

    List<PlacedRecord> page(List<TextMatch> matches, Place after, int limit) throws SQLException {
        List<PlacedRecord> found = new ArrayList<>();
        Place last = after;
        while (found.size() < limit) {
            int wanted = limit - found.size();
            List<Place> places = places(matches, last, wanted);
            found.addAll(records(places));
            if (places.size() < wanted) {
                break;
            }
            last = places.getLast();
        }
        return found;
    }

    private List<Place> places(List<TextMatch> matches, Place after, int limit) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT scope, id FROM ")
                .append(table.table().quoted())
                .append(" WHERE (scope, id) > (?, ?)");
        List<Object> parameters = new ArrayList<>(List.of(after.scope(), after.id()));
        for (TextMatch match : matches) {
            SqlColumn column = table.column(match.field())
                    .orElseThrow(() -> new IllegalArgumentException("the collection has no field " + match.field()));
            sql.append(" AND ").append(column.quoted()).append(" = ?");
            parameters.add(match.text());
        }
        parameters.add((long) limit);
        return session.query(
                sql.append(" ORDER BY scope, id LIMIT ?").toString(),
                row -> new Place(row.getString(1), row.getString(2)),
                parameters.toArray());
    }

    /** Those that are records: rows that a foreign hand has put there are none yet. */
    private List<PlacedRecord> records(List<Place> places) throws SQLException {
        Map<String, List<RecordKey>> byScope = new LinkedHashMap<>();
        places.forEach(place -> byScope.computeIfAbsent(place.scope(), scope -> new ArrayList<>())
                .add(new RecordKey(table.collection(), place.id())));
        List<PlacedRecord> found = new ArrayList<>();
        for (Map.Entry<String, List<RecordKey>> scope : byScope.entrySet()) {
            Map<RecordKey, ServerRecord> records =
                    new RecordReader(session, catalogue, scope.getKey()).records(scope.getValue());
            for (RecordKey key : scope.getValue()) {
                ServerRecord record = records.get(key);
                if (record != null && record.state().live()) {
                    found.add(new PlacedRecord(scope.getKey(), record));
                }
            }
        }
        return found;
    }
}
