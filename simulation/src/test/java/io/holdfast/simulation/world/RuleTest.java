package io.holdfast.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.change.Change;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RuleTest {

    private static final RecordState ONE = state("one", Stamp.NONE);
    private static final RecordState TWO = state("two", Stamp.NONE);
    private static final RecordState GONE = state("one", new Stamp(9, 1));

    private static RecordState state(String text, Stamp deleted) {
        TreeMap<String, Cell> cells = new TreeMap<>();
        cells.put("name", new Cell(new Value.Text(text), new Stamp(5, 1)));
        return new RecordState(cells, deleted);
    }

    private static boolean refused(Rule rule, String collection, RecordState before, RecordState after) {
        return refused(rule, collection, before, after, Change.Kind.EDIT);
    }

    private static boolean refused(
            Rule rule, String collection, RecordState before, RecordState after, Change.Kind kind) {
        Change change = new Change(new RecordKey(collection, "1"), after, 0, new TreeMap<>(), 0, kind);
        return rule.check(new Principal("ann", Role.DEVICE), change, before, after)
                .isPresent();
    }

    @Test
    void readOnlyRecordsAreNotWritten() {
        Rule rule = new Rule(Rule.Kind.READ_ONLY, "rates", Optional.empty());
        assertThat(refused(rule, "rates", RecordState.ABSENT, ONE)).isTrue();
        assertThat(refused(rule, "orders", RecordState.ABSENT, ONE)).isFalse();
    }

    @Test
    void readOnlyFieldsLeaveTheOthersFree() {
        assertThat(refused(new Rule(Rule.Kind.READ_ONLY, "rates", Optional.of("name")), "rates", ONE, TWO))
                .isTrue();
        assertThat(refused(new Rule(Rule.Kind.READ_ONLY, "rates", Optional.of("other")), "rates", ONE, TWO))
                .isFalse();
    }

    @Test
    void whatIsWrittenOnceStays() {
        Rule rule = new Rule(Rule.Kind.WRITE_ONCE, "rates", Optional.of("name"));
        assertThat(refused(rule, "rates", RecordState.ABSENT, ONE)).isFalse();
        assertThat(refused(rule, "rates", ONE, ONE)).isFalse();
        assertThat(refused(rule, "rates", ONE, TWO)).isTrue();
    }

    @Test
    void recordsThatAreKeptAreNotDeleted() {
        Rule rule = new Rule(Rule.Kind.NO_DELETE, "rates", Optional.empty());
        assertThat(refused(rule, "rates", ONE, GONE)).isTrue();
        assertThat(refused(rule, "rates", ONE, TWO)).isFalse();
    }

    @Test
    void whatTheServerLostMayComeBack() {
        Rule rule = new Rule(Rule.Kind.READ_ONLY, "rates", Optional.empty());
        assertThat(refused(rule, "rates", RecordState.ABSENT, ONE, Change.Kind.OFFER))
                .isFalse();
    }
}
