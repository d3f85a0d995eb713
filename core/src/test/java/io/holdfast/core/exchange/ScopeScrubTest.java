package io.holdfast.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.audit.Gap;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.local.Proof;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.HybridTime;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The judgement alone, over rows that were stored wrong from the start; databases have their own contract. */
class ScopeScrubTest {

    private static final String SCOPE = "scope";
    private static final ScopeKey KEY = new ScopeKey(new byte[ScopeKey.LENGTH]);
    private static final Digester DIGESTER = new Digester(KEY);
    private static final ScopeView.Touch NOTHING = ScopeScrub.NOTHING;

    private final InMemoryServerStorage storage = new InMemoryServerStorage();
    private final List<ServerRecord> rows = new ArrayList<>();
    private DigestSum root = DigestSum.ZERO;

    private static ServerRecord row(int number, String text) {
        RecordKey key = new RecordKey("notes", "n" + number);
        Stamp stamp = new Stamp(HybridTime.ofMillis(1_700_000_000_000L + number), 7);
        RecordState state =
                new RecordState(new TreeMap<>(Map.of("text", new Cell(new Value.Text(text), stamp))), Stamp.NONE);
        return new ServerRecord(key, state, number, DIGESTER.digest(key, state), DIGESTER.bucket(key));
    }

    private void has(ServerRecord row) {
        rows.add(row);
        root = root.plus(row.digest());
    }

    /** A row that says something else than its digest and the sum. */
    private void hasChanged(int number) {
        ServerRecord right = row(number, "right");
        ServerRecord wrong = row(number, "wrong");
        rows.add(new ServerRecord(wrong.key(), wrong.state(), number, right.digest(), right.bucket()));
        root = root.plus(right.digest());
    }

    /** A right row whose digest is another's, though the sum has its own. */
    private void hasStaleDigest(int number) {
        ServerRecord right = row(number, "right");
        Digest stale = row(number, "stale").digest();
        rows.add(new ServerRecord(right.key(), right.state(), number, stale, right.bucket()));
        root = root.plus(right.digest());
    }

    private void store() {
        ScopeHead head = new ScopeHead(SCOPE, KEY, "1-a", rows.size(), "", root);
        storage.append(
                SCOPE,
                NOTHING,
                view -> new ScopeUpdate<>(
                        Optional.of(head), Optional.empty(), Optional.empty(), rows, List.of(), true));
    }

    private int scrub(int page) {
        Set<RecordKey> suspects = new LinkedHashSet<>();
        long looked = 0;
        for (Optional<ScopeScrub.Position> next = Optional.of(ScopeScrub.Position.START); next.isPresent(); ) {
            ScopeScrub.Position from = next.get();
            ScopeScrub.Part part = storage.snapshot(SCOPE, snapshot -> ScopeScrub.look(snapshot, from, page));
            suspects.addAll(part.suspects());
            looked += part.records();
            next = part.next();
        }
        assertThat(looked).isEqualTo(rows.size());
        return storage.mend(SCOPE, snapshot -> ScopeScrub.settle(snapshot, suspects, rows.size(), 77));
    }

    private List<Gap> gaps() {
        return storage.snapshot(SCOPE, snapshot -> snapshot.trail().gaps(false, Long.MAX_VALUE, 100));
    }

    private boolean mendsRoot(long nowMillis) {
        return storage.mend(SCOPE, snapshot -> ScopeScrub.mendRoot(snapshot, nowMillis));
    }

    private List<ScopeProof> proofs() {
        return storage.snapshot(SCOPE, snapshot -> snapshot.proofs(10));
    }

    private boolean rootFits() {
        return storage.snapshot(SCOPE, ScopeScrub::rootFits);
    }

    @Test
    void findsNothingInSoundRowsWhateverThePage() {
        Property.of("sound rows are proven").tries(100).forAll(Gens.ints(0, 12), Gens.ints(1, 5), (count, page) -> {
            ScopeScrubTest scope = new ScopeScrubTest();
            for (int i = 1; i <= count; i++) {
                scope.has(row(i, "text " + i));
            }
            scope.store();
            assertThat(scope.scrub(page)).isZero();
            assertThat(scope.gaps()).isEmpty();
            assertThat(scope.rootFits()).isTrue();
        });
    }

    @Test
    void leavesAChangedRowAloneAndKeepsItAsAnOpenGap() {
        has(row(1, "sound"));
        hasChanged(2);
        store();
        assertThat(scrub(1)).isEqualTo(1);
        assertThat(gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(Gap.Kind.ROW_CHANGED);
            assertThat(gap.state()).isEqualTo(Gap.State.OPEN);
            assertThat(gap.here().value("text")).isEqualTo(new Value.Text("wrong"));
        });
        assertThat(scrub(10)).as("it is there until somebody has the right row").isEqualTo(1);
        assertThat(gaps()).hasSize(1);
        assertThat(rootFits()).isTrue();
    }

    @Test
    void computesAStaleDigestAnewWhereTheRowsAddUpToTheSum() {
        has(row(1, "sound"));
        hasStaleDigest(2);
        hasStaleDigest(3);
        store();
        assertThat(rootFits()).isFalse();
        assertThat(scrub(2)).isEqualTo(2);
        assertThat(gaps()).hasSize(2).allSatisfy(gap -> {
            assertThat(gap.kind()).isEqualTo(Gap.Kind.DIGEST_STALE);
            assertThat(gap.state()).isEqualTo(Gap.State.REPAIRED);
        });
        assertThat(rootFits()).isTrue();
        assertThat(scrub(2)).isZero();
    }

    @Test
    void computesAWrongSumAnewFromSoundRows() {
        has(row(1, "sound"));
        has(row(2, "sound"));
        root = root.plus(row(9, "never there").digest());
        store();
        assertThat(scrub(5)).isEqualTo(1);
        assertThat(gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.kind()).isEqualTo(Gap.Kind.ROOT_WRONG);
            assertThat(gap.state()).isEqualTo(Gap.State.REPAIRED);
        });
        assertThat(rootFits()).isTrue();
    }

    @Test
    void mendsTheSumByItselfWhenADeviceFindsItWrong() {
        has(row(1, "sound"));
        root = DigestSum.ZERO;
        store();
        assertThat(mendsRoot(77)).isTrue();
        assertThat(mendsRoot(78)).isFalse();
        assertThat(rootFits()).isTrue();
    }

    @Test
    void aLookThatFoundNothingIsAProof() {
        has(row(1, "sound"));
        store();
        storage.append(SCOPE, NOTHING, ScopeScrub.sound(1, 77));
        assertThat(proofs()).containsExactly(new ScopeProof("", new Proof(Proof.Level.L1, true, 77, 1, 1)));
    }

    @Test
    void aScopeThatIsNotThereHasNothingToLookAt() {
        assertThat(scrub(5)).isZero();
        assertThat(rootFits()).isTrue();
        assertThat(mendsRoot(77)).isFalse();
    }
}
