package io.holdfast.store.sqlite;

import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.local.LocalTransaction.Shown;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares the rows that readers see with what they should show. Stateless. */
final class ShownRows {

    private ShownRows() {}

    static Map<RecordKey, Shown> compare(SqlSession session, Catalog catalog, Map<RecordKey, RecordState> expected) {
        Map<String, List<RecordKey>> byCollection = new TreeMap<>();
        expected.keySet()
                .forEach(key -> byCollection
                        .computeIfAbsent(key.collection(), name -> new ArrayList<>())
                        .add(key));
        Map<RecordKey, Shown> shown = new HashMap<>();
        byCollection.forEach((name, keys) -> {
            Optional<CollectionTable> table = catalog.table(name);
            // What no table shows, because the schema does not know it yet, is as it should be.
            Shown unread = table.isPresent() ? Shown.NOTHING : Shown.SAME;
            keys.forEach(key -> shown.put(key, unread));
            table.ifPresent(known -> known.comparing(session, array(keys), (id, row) -> {
                RecordKey key = new RecordKey(name, id);
                RecordState state = expected.getOrDefault(key, RecordState.ABSENT);
                shown.put(key, state.live() && row.shows(state) ? Shown.SAME : Shown.OTHER);
            }));
        });
        return shown;
    }

    private static String array(List<RecordKey> keys) {
        return CanonicalJson.of(new JsonTree.Elements(
                keys.stream().<JsonTree>map(key -> new JsonTree.Text(key.id())).toList()));
    }
}
