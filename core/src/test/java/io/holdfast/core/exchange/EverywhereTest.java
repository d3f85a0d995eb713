package io.holdfast.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType.Simple;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.random.SeededRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Looking for records over all scopes. */
class EverywhereTest {

    private static final int SCOPES = 230;
    private static final List<TextMatch> OPEN = List.of(new TextMatch("state", "OPEN"));

    private final InMemoryServerStorage storage = new InMemoryServerStorage();

    EverywhereTest() {
        ScopeServer server = new ScopeServer(
                storage,
                new Schema(
                        "reviews",
                        1,
                        new TreeMap<>(Map.of(
                                "reviews",
                                CollectionSchema.of("reviews", List.of(Field.of("state", Simple.TEXT)), List.of())))),
                WriteRules.OPEN,
                InstantSource.fixed(Instant.ofEpochMilli(1_000_000)),
                new SeededRandom(1));
        Principal ann = new Principal("ann", Role.ADMIN);
        for (int scope = 0; scope < SCOPES; scope++) {
            String name = String.format("s%03d", scope);
            server.found(name);
            List<ServerWrite> writes =
                    List.of(write("a", scope % 3 == 0 ? "OPEN" : "DONE"), write("b", "OPEN"), write("c", "DONE"));
            server.write(ann, name, List.of(), state -> new ServerWork<>(writes, true));
        }
    }

    private static ServerWrite write(String id, String state) {
        return new ServerWrite(new RecordKey("reviews", id), new TreeMap<>(Map.of("state", new Value.Text(state))));
    }

    @Test
    void findsWhatMatchesOnceInOrderPageAfterPage() {
        List<String> wanted = new ArrayList<>();
        for (int scope = 0; scope < SCOPES; scope++) {
            if (scope % 3 == 0) {
                wanted.add(String.format("s%03d/a", scope));
            }
            wanted.add(String.format("s%03d/b", scope));
        }
        for (int page : new int[] {1, 7, 1_000}) {
            assertThat(all(page)).as("by pages of " + page).isEqualTo(wanted);
        }
    }

    private List<String> all(int page) {
        List<String> found = new ArrayList<>();
        Place after = Place.START;
        List<PlacedRecord> next = storage.everywhere("reviews", OPEN, after, page);
        while (!next.isEmpty()) {
            assertThat(next).hasSizeLessThanOrEqualTo(page);
            next.forEach(one -> found.add(one.scope() + "/" + one.record().key().id()));
            after = next.getLast().place();
            next = storage.everywhere("reviews", OPEN, after, page);
        }
        return found;
    }
}
