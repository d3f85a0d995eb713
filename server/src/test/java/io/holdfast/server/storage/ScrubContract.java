package io.holdfast.server.storage;

import static io.holdfast.server.storage.Samples.note;
import static io.holdfast.server.storage.Samples.noteRecord;
import static io.holdfast.server.storage.Samples.record;
import static io.holdfast.server.storage.Samples.touch;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Limits;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.exchange.HeldRecord;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ScopeProof;
import io.holdfast.core.exchange.ScopeScrub;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.local.Proof;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server's look at its own rows, and what it mends by itself, on each engine. */
abstract class ScrubContract {

    private SqlEngine engine;
    private SqlServerStorage storage;

    abstract SqlEngine engine();

    @BeforeEach
    void fiveRecords() {
        engine = engine();
        storage = SqlServerStorage.open(engine.open(), List.of(Samples.SCHEMA));
        List<ServerRecord> records = new ArrayList<>();
        for (String id : List.of("a", "b", "c", "d")) {
            records.add(noteRecord(id, "text " + id, records.size() + 1));
        }
        records.add(record(
                new RecordKey("entries", "x"),
                Samples.state(Map.of("views", CounterValue.zero(0).add(7, 3), "title", new Value.Text("t")), 1),
                5));
        DigestSum sum = DigestSum.ZERO;
        for (ServerRecord record : records) {
            sum = sum.plus(record.digest());
        }
        ScopeHead head = new ScopeHead("scope", Samples.KEY, "1-a", 5, "", sum);
        storage.append(
                "scope",
                touch(),
                view -> new ScopeUpdate<>(
                        Optional.of(head), Optional.empty(), Optional.empty(), records, List.of(), true));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    /** Looks at everything, two rows at a time, and settles. */
    private int scrub() {
        Set<RecordKey> suspects = new LinkedHashSet<>();
        long records = 0;
        Optional<ScopeScrub.Position> next = Optional.of(ScopeScrub.Position.START);
        while (next.isPresent()) {
            ScopeScrub.Position from = next.get();
            ScopeScrub.Part part = storage.snapshot("scope", snapshot -> ScopeScrub.look(snapshot, from, 2));
            suspects.addAll(part.suspects());
            records += part.records();
            next = part.next();
        }
        long looked = records;
        return storage.mend("scope", snapshot -> ScopeScrub.settle(snapshot, suspects, looked, 77));
    }

    private List<Gap> gaps() {
        return storage.snapshot("scope", snapshot -> snapshot.trail().gaps(false, Long.MAX_VALUE, 100));
    }

    private Gap onlyGap() {
        assertThat(gaps()).hasSize(1);
        return gaps().getFirst();
    }

    private ScopeHead head() {
        return storage.snapshot("scope", snapshot -> snapshot.head().orElseThrow());
    }

    @Test
    void aSoundScopeIsProvenAndHasNoGap() {
        assertThat(scrub()).isZero();
        assertThat(gaps()).isEmpty();
        List<ScopeProof> proofs = storage.snapshot("scope", snapshot -> snapshot.proofs(10));
        assertThat(proofs).containsExactly(new ScopeProof("", new Proof(Proof.Level.L1, true, 77, 5, 5)));
    }

    @Test
    void aChangedRowStaysAnOpenGapUntilItIsRightAgain() {
        DigestSum root = head().root();
        engine.tamper("UPDATE notes SET text = 'theirs' WHERE id = 'c'");
        assertThat(scrub()).isEqualTo(1);
        assertThat(onlyGap().kind()).isEqualTo(Gap.Kind.ROW_CHANGED);
        assertThat(onlyGap().state()).isEqualTo(Gap.State.OPEN);
        assertThat(onlyGap().here().value("text")).isEqualTo(new Value.Text("theirs"));
        assertThat(head().root()).isEqualTo(root);

        assertThat(scrub()).isEqualTo(1);
        assertThat(onlyGap().id()).isEqualTo(1);
        engine.tamper("UPDATE notes SET text = 'text c' WHERE id = 'c'");
        assertThat(scrub()).isZero();
        assertThat(onlyGap().state()).isEqualTo(Gap.State.GONE);
    }

    @Test
    void aRecordWhoseStampsCannotBeReadIsAGapAndNoFailure() {
        engine.tamper("UPDATE hf_record_head SET meta = digest WHERE id = 'b'");
        List<ServerRecord> rows = storage.snapshot("scope", snapshot -> snapshot.changesSince(0, 10, Long.MAX_VALUE));
        assertThat(rows).hasSize(5);
        assertThat(rows.get(1).state().absent()).isTrue();
        assertThat(scrub()).isEqualTo(1);
        assertThat(onlyGap().kind()).isEqualTo(Gap.Kind.ROW_CHANGED);
        assertThat(onlyGap().key()).isEqualTo(note("b"));
        assertThat(onlyGap().here().value("text")).isEqualTo(new Value.Text("text b"));
    }

    @Test
    void aDeletedRowIsMissed() {
        engine.tamper("DELETE FROM notes WHERE id = 'b'");
        assertThat(scrub()).isEqualTo(1);
        assertThat(onlyGap().kind()).isEqualTo(Gap.Kind.ROW_MISSING);
        assertThat(onlyGap().key()).isEqualTo(note("b"));
        assertThat(onlyGap().here().absent()).isTrue();
    }

    @Test
    void aRowOfAnotherProgramIsTold() {
        engine.tamper("INSERT INTO notes (scope, id, text) VALUES ('scope', 'bb', 'theirs')");
        assertThat(scrub()).isEqualTo(1);
        assertThat(onlyGap().kind()).isEqualTo(Gap.Kind.ROW_UNKNOWN);
        assertThat(onlyGap().key()).isEqualTo(note("bb"));
    }

    @Test
    void aStaleDigestIsComputedAnewBecauseTheRowsFitTheRoot() {
        engine.tamper("UPDATE hf_record_head SET digest = (SELECT digest FROM hf_record_head WHERE id = 'a')"
                + " WHERE id = 'd'");
        assertThat(scrub()).isEqualTo(1);
        assertThat(onlyGap().kind()).isEqualTo(Gap.Kind.DIGEST_STALE);
        assertThat(onlyGap().state()).isEqualTo(Gap.State.REPAIRED);
        assertThat(scrub()).isZero();
        assertThat(stored(note("d"))).isEqualTo(noteRecord("d", "text d", 4).digest());
    }

    @Test
    void aStaleDigestBesideADamagedRowIsToldApart() {
        engine.tamper("UPDATE hf_record_head SET digest = (SELECT digest FROM hf_record_head WHERE id = 'a')"
                + " WHERE id = 'd'");
        engine.tamper("UPDATE notes SET text = 'theirs' WHERE id = 'b'");
        DigestSum root = head().root();
        assertThat(scrub()).isEqualTo(2);
        assertThat(gaps())
                .extracting(gap -> gap.key().id() + " " + gap.kind() + " " + gap.state())
                .containsExactlyInAnyOrder("d DIGEST_STALE REPAIRED", "b ROW_CHANGED OPEN");
        assertThat(head().root()).isEqualTo(root);
        assertThat(stored(note("b"))).isEqualTo(noteRecord("b", "text b", 2).digest());
    }

    private io.holdfast.core.reconcile.Digest stored(RecordKey key) {
        return storage.snapshot(
                "scope", snapshot -> snapshot.held(key).orElseThrow().stored());
    }

    @Test
    void aWrongRootIsComputedAnew() {
        DigestSum root = head().root();
        storage.append(
                "scope",
                touch(),
                view -> new ScopeUpdate<>(
                        Optional.of(new ScopeHead("scope", Samples.KEY, "1-a", 5, "", DigestSum.ZERO)),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        true));
        assertThat(scrub()).isEqualTo(1);
        assertThat(onlyGap().kind()).isEqualTo(Gap.Kind.ROOT_WRONG);
        assertThat(onlyGap().state()).isEqualTo(Gap.State.REPAIRED);
        assertThat(head().root()).isEqualTo(root);
        assertThat(scrub()).isZero();
    }

    @Test
    void aColumnThatOnlyShowsAMergedValueIsWrittenAgain() {
        engine.tamper("UPDATE entries SET views = 30 WHERE id = 'x'");
        assertThat(scrub()).isEqualTo(1);
        assertThat(onlyGap().state()).isEqualTo(Gap.State.REPAIRED);
        assertThat(engine.value("SELECT views FROM entries WHERE id = 'x'")).isEqualTo("3");
        assertThat(scrub()).isZero();
    }

    @Test
    void pagesAreInOrderWhateverStandsInThem() {
        engine.tamper("INSERT INTO notes (scope, id, text) VALUES ('scope', 'aa', 'x'), ('scope', 'z', 'x')");
        engine.tamper("DELETE FROM notes WHERE id = 'c'");
        List<String> ids = new ArrayList<>();
        String after = "";
        for (List<HeldRecord> page = page(after); !page.isEmpty(); page = page(after)) {
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            page.forEach(held -> ids.add(held.key().id()));
            after = ids.getLast();
        }
        assertThat(ids).containsExactly("a", "aa", "b", "c", "d", "z");
    }

    private List<HeldRecord> page(String after) {
        return storage.snapshot("scope", snapshot -> snapshot.held("notes", after, 2));
    }

    @Test
    void forgetsClosedGapsOnceThereAreManyNewerOnesAndNoOpenOne() {
        foundAndMended("a");
        engine.tamper("UPDATE notes SET text = 'theirs' WHERE id = 'b'");
        scrub();
        foundAndMended("c");
        engine.tamper("UPDATE hf_gap SET gap = " + Limits.GAPS_KEPT + " WHERE gap = 3");
        foundAndMended("d");

        assertThat(gaps()).extracting(Gap::id).containsExactly(Limits.GAPS_KEPT + 1L, (long) Limits.GAPS_KEPT, 2L);
        assertThat(gaps().getLast().state()).isEqualTo(Gap.State.OPEN);
    }

    private void foundAndMended(String id) {
        engine.tamper("UPDATE notes SET text = 'theirs' WHERE id = '" + id + "'");
        scrub();
        engine.tamper("UPDATE notes SET text = 'text " + id + "' WHERE id = '" + id + "'");
        scrub();
    }
}
