package io.holdfast.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.audit.GapStep;
import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.random.SeededRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What one append makes of the rows that another program wrote. */
class ForeignWriteTest {

    private static final RecordKey NOTE = new RecordKey("notes", "n1");
    private static final Principal OTHER = new Principal(ScopeServer.FOREIGN, Role.OPERATOR);
    private static final int STARS_MAX = 5;

    private static final Schema SCHEMA = SchemaJson.read("""
            { "name": "journal", "version": 1, "collections": { "notes": { "fields": {
                "text": {"type": "TEXT"}, "stars": {"type": "INTEGER", "max": 5, "merge": "MAX"} } } } }
            """);

    private final Entropy entropy = Entropy.draw(new SeededRandom(1));
    private final Map<RecordKey, ServerRecord> records = new HashMap<>();
    private Optional<ScopeHead> head = Optional.empty();
    private DecisionRules decisions = DecisionRules.NONE;
    private long now = 1_000_000;

    private static ForeignRow row(RecordKey key, Map<String, Value> values) {
        return new ForeignRow(key, Optional.of(new TreeMap<>(values)), Set.of(), "UPDATE");
    }

    private static Map<String, Value> note(String text, long stars) {
        return Map.of("text", new Value.Text(text), "stars", new Value.Int(stars));
    }

    private RecordState record(RecordKey key) {
        return Objects.requireNonNull(records.get(key)).state();
    }

    private ScopeUpdate<Long> fold(ForeignRow... rows) {
        return fold(List.of(), rows);
    }

    private ScopeUpdate<Long> fold(List<ServerWrite> writes, ForeignRow... rows) {
        now += 1_000;
        ServerHand<Boolean> hand = new ServerHand<>(
                new ServerRules(SCHEMA, WriteRules.OPEN, decisions),
                OTHER,
                now,
                state -> new ServerWork<>(writes, true));
        ScopeUpdate<Long> update =
                hand.fold(new ScopeView(head, Optional.empty(), records, List.of(), List.of(rows)), "scope", entropy);
        head = update.head().or(() -> head);
        update.records().forEach(record -> records.put(record.key(), record));
        return update;
    }

    @Test
    void aRowBecomesARecordOfAScopeThatBeginsWithIt() {
        ScopeUpdate<Long> update = fold(row(NOTE, note("hello", 3)));
        assertThat(update.answer()).isOne();
        assertThat(head).hasValueSatisfying(begun -> {
            assertThat(begun.scope()).isEqualTo("scope");
            assertThat(begun.sequence()).isOne();
            assertThat(begun.root().count()).isOne();
        });
        assertThat(update.link()).isPresent();
        assertThat(record(NOTE).value("text")).isEqualTo(new Value.Text("hello"));
        assertThat(update.evidence().foreign()).containsExactly(new ForeignFate(NOTE, Optional.empty()));
        assertThat(update.evidence().gaps())
                .anySatisfy(step -> assertThat(step).isInstanceOfSatisfying(GapStep.Noted.class, noted -> {
                    assertThat(noted.event()).isEqualTo(AuditEntry.Event.FOREIGN_WRITE);
                    assertThat(noted.detail()).contains("n1", "stars, text");
                }));
    }

    @Test
    void nothingWrittenIsNothingDone() {
        assertThat(fold()).isEqualTo(ScopeUpdate.nothing(0L));
        fold(row(NOTE, note("hello", 3)));
        assertThat(fold()).isEqualTo(ScopeUpdate.nothing(1L));
    }

    @Test
    void aRowThatShowsWhatTheRecordHoldsMovesNothing() {
        fold(row(NOTE, note("hello", 3)));
        ScopeUpdate<Long> again = fold(row(NOTE, note("hello", 3)));
        assertThat(again.answer()).isOne();
        assertThat(again.head()).isEmpty();
        assertThat(again.link()).isEmpty();
        assertThat(again.evidence().foreign()).containsExactly(new ForeignFate(NOTE, Optional.empty()));
    }

    @Test
    void whatTheMergeRuleDoesNotLetStandIsKeptAsALoser() {
        fold(row(NOTE, note("hello", 3)));
        ScopeUpdate<Long> update = fold(row(NOTE, note("hello again", 1)));
        assertThat(record(NOTE).value("stars")).isEqualTo(new Value.Int(3));
        assertThat(record(NOTE).value("text")).isEqualTo(new Value.Text("hello again"));
        assertThat(update.losers())
                .singleElement()
                .satisfies(loser -> assertThat(loser.lost().value("stars")).isEqualTo(new Value.Int(1)));
    }

    @Test
    void aRowThatTheSchemaDoesNotAllowBecomesAGapAndStopsNoOther() {
        RecordKey good = new RecordKey("notes", "n2");
        fold(row(NOTE, note("hello", 3)));
        ScopeUpdate<Long> update =
                fold(row(NOTE, Map.of("stars", new Value.Int(STARS_MAX + 1))), row(good, note("well", 1)));
        assertThat(record(NOTE).value("stars")).isEqualTo(new Value.Int(3));
        assertThat(record(good).value("text")).isEqualTo(new Value.Text("well"));
        assertThat(update.evidence().foreign())
                .contains(
                        new ForeignFate(NOTE, Optional.of(ErrorCode.FIELD_RANGE)),
                        new ForeignFate(good, Optional.empty()));
        assertThat(update.evidence().gaps())
                .anySatisfy(step -> assertThat(step).isInstanceOfSatisfying(GapStep.Open.class, open -> {
                    assertThat(open.found().kind()).isEqualTo(Gap.Kind.WRITE_REFUSED);
                    assertThat(open.found().here().value("stars")).isEqualTo(new Value.Int(STARS_MAX + 1));
                    assertThat(open.found().here().value("text")).isEqualTo(new Value.Text("hello"));
                    assertThat(open.found().there().value("stars")).isEqualTo(new Value.Int(3));
                }));
    }

    @Test
    void aLaterWriteInTheSameAppendSettlesARefusedRow() {
        fold(row(NOTE, note("hello", 3)));
        ScopeUpdate<Long> update = fold(
                List.of(new ServerWrite(NOTE, new TreeMap<>(note("mine", 4)))),
                row(NOTE, Map.of("stars", new Value.Int(STARS_MAX + 1))));
        assertThat(update.evidence().foreign()).containsExactly(new ForeignFate(NOTE, Optional.empty()));
        assertThat(update.evidence().gaps().getLast()).isInstanceOf(GapStep.Repaired.class);
    }

    @Test
    void aRowOfACollectionOfAnotherSchemaIsLeftAlone() {
        ScopeUpdate<Long> update = fold(row(new RecordKey("others", "o1"), Map.of()));
        assertThat(update.records()).isEmpty();
        assertThat(update.evidence().foreign()).isEmpty();
    }

    @Test
    void aRowThatIsGoneLeavesATombstone() {
        fold(row(NOTE, note("hello", 3)));
        ScopeUpdate<Long> update = fold(new ForeignRow(NOTE, Optional.empty(), Set.of(), "DELETE"));
        assertThat(record(NOTE).tombstone()).isTrue();
        assertThat(update.head())
                .hasValueSatisfying(next -> assertThat(next.root().count()).isZero());
    }

    @Test
    void whatAnApplicationLetsFollowIsInTheSameAppend() {
        RecordKey entry = new RecordKey("notes", "audit");
        decisions = new DecisionRules() {
            @Override
            public List<RecordKey> touches(String scope, Change change) {
                return List.of();
            }

            @Override
            public Optional<Refusal> refuses(Situation situation) {
                return Optional.empty();
            }

            @Override
            public List<ServerWrite> follow(Situation situation) {
                return List.of();
            }

            @Override
            public List<ServerWrite> followForeign(Situation situation) {
                return List.of(new ServerWrite(
                        entry, new TreeMap<>(Map.of("text", situation.after().value("text")))));
            }
        };
        assertThat(fold(row(NOTE, note("hello", 3))).answer()).isEqualTo(2);
        assertThat(record(entry).value("text")).isEqualTo(new Value.Text("hello"));
    }
}
