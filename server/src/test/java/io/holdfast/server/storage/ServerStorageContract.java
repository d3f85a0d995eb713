package io.holdfast.server.storage;

import static io.holdfast.server.storage.Samples.deleted;
import static io.holdfast.server.storage.Samples.head;
import static io.holdfast.server.storage.Samples.loser;
import static io.holdfast.server.storage.Samples.note;
import static io.holdfast.server.storage.Samples.noteRecord;
import static io.holdfast.server.storage.Samples.put;
import static io.holdfast.server.storage.Samples.record;
import static io.holdfast.server.storage.Samples.replica;
import static io.holdfast.server.storage.Samples.text;
import static io.holdfast.server.storage.Samples.touch;
import static io.holdfast.server.storage.Samples.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.exchange.ChainLink;
import io.holdfast.core.exchange.Place;
import io.holdfast.core.exchange.PlacedRecord;
import io.holdfast.core.exchange.ReplicaRow;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ScopeView;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.TextMatch;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.testkit.property.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every storage of the server must do. A subclass says where it keeps its scopes, and nothing else. */
abstract class ServerStorageContract {

    ServerStorage storage;

    /** A new and empty storage that serves {@link Samples#SCHEMA}. */
    abstract ServerStorage open();

    @BeforeEach
    void openStorage() {
        storage = open();
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void anUnknownScopeHoldsNothing() {
        storage.snapshot("nobody", snapshot -> {
            assertThat(snapshot.head()).isEmpty();
            assertThat(snapshot.link(new Cursor("epoch", 5, ""))).isEmpty();
            assertThat(snapshot.changesSince(0, 10, 1_000)).isEmpty();
            assertThat(snapshot.records(List.of(note("a")))).isEmpty();
            assertThat(snapshot.history(10)).isEmpty();
            assertThat(snapshot.live("notes", "", 10)).isEmpty();
            assertThat(snapshot.replicas(10)).isEmpty();
            assertThat(digests(snapshot)).isEmpty();
            assertThat(rows(snapshot)).isEmpty();
            return true;
        });
        assertThat(storage.scopes("", 10)).isEmpty();
    }

    @Test
    void readsBackEverythingThatAnUpdateHolds() {
        ServerRecord row = noteRecord("a", "Füße", 3);
        String answer = storage.append(
                "scope",
                touch(),
                view -> new ScopeUpdate<>(
                        Optional.of(head("scope", 3)),
                        Optional.of(replica("phone", 99)),
                        Optional.of(new ChainLink(3, "abc", 42)),
                        List.of(row),
                        List.of(loser(note("a"), "lost", 3)),
                        "answer"));

        assertThat(answer).isEqualTo("answer");
        storage.snapshot("scope", snapshot -> {
            assertThat(snapshot.head()).contains(head("scope", 3));
            assertThat(snapshot.link(new Cursor("epoch", 3, ""))).contains(new ChainLink(3, "abc", 42));
            assertThat(snapshot.records(List.of(note("a"), note("b")))).isEqualTo(Map.of(note("a"), row));
            assertThat(snapshot.replicas(10)).containsExactly(replica("phone", 99));
            assertThat(snapshot.history(note("a"), 10)).containsExactly(loser(note("a"), "lost", 3));
            return true;
        });
        assertThat(storage.scopes("", 10)).containsExactly("scope");
    }

    @Test
    void aDecisionSeesWhatItTouchesAndNothingElse() {
        ServerRecord a = noteRecord("a", "one", 1);
        ServerRecord b = noteRecord("b", "two", 2);
        put(storage, "scope", a, b);
        writeReplica("scope", replica("phone", 5));

        ScopeView.Touch touch = new ScopeView.Touch(
                "phone",
                List.of(note("b"), note("c")),
                List.of(new Cursor("epoch", 1, ""), new Cursor("epoch", 9, "")));
        ScopeView seen = storage.append("scope", touch, ScopeUpdate::nothing);

        assertThat(seen.head()).contains(head("scope", 2));
        assertThat(seen.replica()).contains(replica("phone", 5));
        assertThat(seen.records()).isEqualTo(Map.of(note("b"), b));
        assertThat(seen.links()).containsExactly(Optional.of(link(2)), Optional.empty());
    }

    @Test
    void anUpdateOfNothingChangesNothing() {
        put(storage, "scope", noteRecord("a", "one", 1));
        storage.append("scope", touch(), view -> ScopeUpdate.nothing(true));
        storage.append("other", touch(), view -> ScopeUpdate.nothing(true));

        assertThat(changes("scope", 0)).containsExactly(noteRecord("a", "one", 1));
        assertThat(storage.<Boolean>snapshot(
                        "other", snapshot -> snapshot.head().isPresent()))
                .isFalse();
        assertThat(storage.scopes("", 10)).containsExactly("scope");
    }

    @Test
    void aDecisionThatFailsLeavesNothing() {
        put(storage, "scope", noteRecord("a", "one", 1));
        assertThatThrownBy(() -> storage.append("scope", touch(), view -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        assertThatThrownBy(() -> storage.append(
                        "scope",
                        touch(),
                        view -> update("scope", 3, noteRecord("b", "two", 2), noteRecord("c", "three", 2))))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(changes("scope", 0)).containsExactly(noteRecord("a", "one", 1));
        assertThat(storage.<Object>snapshot("scope", ScopeSnapshot::head)).isEqualTo(Optional.of(head("scope", 1)));
        put(storage, "scope", noteRecord("b", "two", 2));
        assertThat(changes("scope", 1)).containsExactly(noteRecord("b", "two", 2));
    }

    @Test
    void everyStateRoundTripsBitForBit() {
        AtomicLong sequence = new AtomicLong();
        Property.of("states round-trip").tries(150).forAll(StateGens.states().list(1, 4), states -> {
            List<ServerRecord> written = new ArrayList<>();
            for (RecordState state : states) {
                long next = sequence.incrementAndGet();
                written.add(record(new RecordKey("entries", "id" + next % 17), state, next));
            }
            put(storage, "scope", written.toArray(new ServerRecord[0]));

            List<ServerRecord> changes = changes("scope", sequence.get() - states.size());
            assertThat(changes).isEqualTo(written);
            storage.snapshot("scope", snapshot -> {
                for (ServerRecord row : rows(snapshot)) {
                    ServerRecord same = snapshot.records(List.of(row.key())).get(row.key());
                    assertThat(row).isEqualTo(same);
                }
                return true;
            });
        });
    }

    @Test
    void changesComeInTheOrderOfTheirSequences() {
        put(storage, "scope", noteRecord("c", "1", 1), noteRecord("b", "2", 2), noteRecord("a", "3", 3));
        put(storage, "scope", noteRecord("c", "4", 4));

        assertThat(changes("scope", 0)).extracting(row -> row.key().id()).containsExactly("b", "a", "c");
        assertThat(changes("scope", 3)).containsExactly(noteRecord("c", "4", 4));
        assertThat(changes("scope", 4)).isEmpty();
    }

    @Test
    void aPageEndsAtItsNumberOfRecords() {
        put(storage, "scope", noteRecord("a", "1", 1), noteRecord("b", "2", 2), noteRecord("c", "3", 3));

        assertThat(page(0, 2, Long.MAX_VALUE))
                .extracting(ServerRecord::sequence)
                .containsExactly(1L, 2L);
        assertThat(page(2, 2, Long.MAX_VALUE))
                .extracting(ServerRecord::sequence)
                .containsExactly(3L);
    }

    @Test
    void aPageEndsBehindTheRecordThatPassesItsBytes() {
        String large = "x".repeat(10_000);
        RecordState tombstone = deleted(text(large, 2), 9);
        put(
                storage,
                "scope",
                noteRecord("a", large, 1),
                record(note("b"), tombstone, 2),
                noteRecord("c", large, 3),
                noteRecord("d", large, 4));

        assertThat(page(0, 10, 0)).extracting(ServerRecord::sequence).containsExactly(1L);
        assertThat(page(0, 10, 15_000)).extracting(ServerRecord::sequence).containsExactly(1L, 2L);
        assertThat(page(2, 10, 100_000)).extracting(ServerRecord::sequence).containsExactly(3L, 4L);
    }

    @Test
    void aTombstoneKeepsItsCellsAndIsNoLiveRecord() {
        ServerRecord tombstone = record(note("a"), deleted(text("gone", 1), 2), 2);
        put(storage, "scope", noteRecord("a", "gone", 1));
        put(storage, "scope", tombstone);

        storage.snapshot("scope", snapshot -> {
            assertThat(snapshot.changesSince(0, 10, 1_000)).containsExactly(tombstone);
            assertThat(snapshot.records(List.of(note("a")))).isEqualTo(Map.of(note("a"), tombstone));
            assertThat(digests(snapshot)).isEmpty();
            assertThat(rows(snapshot)).isEmpty();
            assertThat(snapshot.live("notes", "", 10)).isEmpty();
            return true;
        });
    }

    @Test
    void aTombstoneCanComeBack() {
        ServerRecord back = noteRecord("a", "back", 3);
        put(storage, "scope", record(note("a"), deleted(text("gone", 1), 2), 2));
        put(storage, "scope", back);

        storage.snapshot("scope", snapshot -> {
            assertThat(digests(snapshot)).isEqualTo(Map.of(note("a"), back.digest()));
            assertThat(rows(snapshot)).containsExactly(back);
            return true;
        });
    }

    @Test
    void digestsAndRowsCoverEveryLiveRecordOfEveryCollection() {
        List<ServerRecord> written = new ArrayList<>();
        for (long i = 1; i <= 2_500; i++) {
            String collection = i % 3 == 0 ? "entries" : "notes";
            String field = i % 3 == 0 ? "title" : "text";
            RecordState state = Samples.state(Map.of(field, new io.holdfast.core.value.Value.Text("t" + i)), i);
            written.add(record(new RecordKey(collection, "id" + i), state, i));
        }
        put(storage, "scope", written.toArray(new ServerRecord[0]));

        storage.snapshot("scope", snapshot -> {
            assertThat(rows(snapshot)).containsExactlyInAnyOrderElementsOf(written);
            Map<RecordKey, Digest> expected = new HashMap<>();
            written.forEach(row -> expected.put(row.key(), row.digest()));
            assertThat(digests(snapshot)).isEqualTo(expected);
            return true;
        });
    }

    @Test
    void scopesDoNotSeeEachOther() {
        put(storage, "left", noteRecord("a", "left", 1));
        put(storage, "right", noteRecord("a", "right", 1), noteRecord("b", "right", 2));
        writeReplica("left", replica("phone", 1));
        storage.append("left", touch(), view -> losing(loser(note("a"), "lost", 1)));

        assertThat(changes("left", 0)).containsExactly(noteRecord("a", "left", 1));
        assertThat(changes("right", 0)).hasSize(2);
        storage.snapshot("right", snapshot -> {
            assertThat(snapshot.records(List.of(note("a"))).get(note("a"))).isEqualTo(noteRecord("a", "right", 1));
            assertThat(snapshot.history(note("a"), 10)).isEmpty();
            assertThat(snapshot.replicas(10)).isEmpty();
            assertThat(snapshot.link(new Cursor("epoch", 1, ""))).contains(link(2));
            assertThat(digests(snapshot)).hasSize(2);
            assertThat(rows(snapshot)).hasSize(2);
            return true;
        });
        put(storage, "left", record(note("a"), deleted(text("left", 1), 2), 2));
        assertThat(changes("right", 0)).contains(noteRecord("a", "right", 1));
    }

    @Test
    void theLinkOfACursorIsTheFirstAtOrAboveIt() {
        put(storage, "scope", noteRecord("a", "1", 3));
        put(storage, "scope", noteRecord("b", "2", 7));

        storage.snapshot("scope", snapshot -> {
            assertThat(snapshot.link(new Cursor("epoch", 2, ""))).contains(link(3));
            assertThat(snapshot.link(new Cursor("epoch", 3, ""))).contains(link(3));
            assertThat(snapshot.link(new Cursor("epoch", 6, ""))).contains(link(7));
            assertThat(snapshot.link(new Cursor("epoch", 100, ""))).isEmpty();
            return true;
        });
    }

    @Test
    void replicasComeLatestHeardOfFirst() {
        writeReplica("scope", replica("a", 1));
        writeReplica("scope", replica("b", 3));
        writeReplica("scope", replica("c", 2));
        writeReplica("scope", replica("a", 4));

        List<ReplicaRow> replicas = storage.snapshot("scope", snapshot -> snapshot.replicas(2));
        assertThat(replicas).containsExactly(replica("a", 4), replica("b", 3));
    }

    @Test
    void historyComesNewestFirst() {
        storage.append("scope", touch(), view -> losing(loser(note("a"), "1", 1), loser(note("b"), "2", 1)));
        storage.append("scope", touch(), view -> losing(loser(note("a"), "3", 1)));

        storage.snapshot("scope", snapshot -> {
            assertThat(snapshot.history(note("a"), 10))
                    .containsExactly(loser(note("a"), "3", 1), loser(note("a"), "1", 1));
            assertThat(snapshot.history(2)).containsExactly(loser(note("a"), "3", 1), loser(note("b"), "2", 1));
            return true;
        });
    }

    @Test
    void liveRecordsAndScopesComeInTheOrderOfTheirBytes() {
        put(
                storage,
                "z",
                noteRecord("\ud83d\ude00", "1", 1),
                noteRecord("\uffee", "2", 2),
                noteRecord("Z", "3", 3),
                noteRecord("a", "4", 4));
        put(storage, "\ud83d\ude00", noteRecord("a", "1", 1));
        put(storage, "\uffee", noteRecord("a", "1", 1));

        List<ServerRecord> live = storage.snapshot("z", snapshot -> snapshot.live("notes", "Z", 2));
        assertThat(live).extracting(row -> row.key().id()).containsExactly("a", "\uffee");
        assertThat(storage.scopes("", 10)).containsExactly("z", "\uffee", "\ud83d\ude00");
        assertThat(storage.scopes("z", 1)).containsExactly("\uffee");
    }

    @Test
    void findsRecordsOverAllScopesAPageAtATime() {
        put(storage, "b", noteRecord("2", "open", 1), noteRecord("1", "done", 2), noteRecord("3", "open", 3));
        put(storage, "a", noteRecord("9", "open", 1), noteRecord("Z", "open", 2));
        put(storage, "a.b", record(note("1"), deleted(text("open", 1), 2), 3));
        put(storage, "ä", noteRecord("1", "open", 1));

        assertThat(walk(List.of(), 2)).containsExactly("a/9", "a/Z", "b/1", "b/2", "b/3", "ä/1");
        assertThat(walk(List.of(new TextMatch("text", "open")), 1)).containsExactly("a/9", "a/Z", "b/2", "b/3", "ä/1");
        assertThat(walk(List.of(new TextMatch("text", "none")), 3)).isEmpty();
        PlacedRecord first =
                storage.everywhere("notes", List.of(), Place.START, 1).getFirst();
        assertThat(first.record()).isEqualTo(noteRecord("9", "open", 1));
    }

    private List<String> walk(List<TextMatch> matches, int step) {
        List<String> walked = new ArrayList<>();
        Place last = Place.START;
        List<PlacedRecord> page = storage.everywhere("notes", matches, last, step);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(step);
            page.forEach(found ->
                    walked.add(found.scope() + "/" + found.record().key().id()));
            last = page.getLast().place();
            page = storage.everywhere("notes", matches, last, step);
        }
        return walked;
    }

    @Test
    void ofARecordThatIsTwiceInAnUpdateTheLaterStands() {
        put(storage, "scope", noteRecord("a", "first", 1), noteRecord("a", "second", 2));
        assertThat(changes("scope", 0)).containsExactly(noteRecord("a", "second", 2));
    }

    List<ServerRecord> changes(String scope, long since) {
        return storage.snapshot(scope, snapshot -> snapshot.changesSince(since, 10_000, Long.MAX_VALUE));
    }

    private List<ServerRecord> page(long since, int records, long bytes) {
        return storage.snapshot("scope", snapshot -> snapshot.changesSince(since, records, bytes));
    }

    private void writeReplica(String scope, ReplicaRow row) {
        storage.append(
                scope,
                touch(),
                view -> new ScopeUpdate<>(
                        Optional.empty(), Optional.of(row), Optional.empty(), List.of(), List.of(), true));
    }

    private static ScopeUpdate<Boolean> losing(io.holdfast.core.exchange.Loser... losers) {
        return new ScopeUpdate<>(
                Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(losers), true);
    }

    private static ChainLink link(long sequence) {
        return new ChainLink(sequence, "%032x".formatted(sequence), sequence);
    }

    static Map<RecordKey, Digest> digests(ScopeSnapshot snapshot) {
        Map<RecordKey, Digest> digests = new HashMap<>();
        snapshot.digests((key, bucket, digest) -> {
            assertThat(bucket).isEqualTo(new io.holdfast.core.reconcile.Digester(Samples.KEY).bucket(key));
            assertThat(digests.put(key, digest)).isNull();
        });
        return digests;
    }

    static List<ServerRecord> rows(ScopeSnapshot snapshot) {
        List<ServerRecord> rows = new ArrayList<>();
        snapshot.rows(rows::add);
        return rows;
    }
}
