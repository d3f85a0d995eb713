package io.holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordMerge;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RulesJsonTest {

    private static final Schema SCHEMA = SchemaJson.read("""
            {"name": "journal", "version": 1, "collections": {
              "entries": {"fields": {"account": {"type": "TEXT"}, "potency": {"type": "INTEGER", "max": 10}}},
              "notes": {"fields": {"text": {"type": "TEXT"}}}}}""");

    private static WriteRules rules(String json) {
        return RulesJson.read(json.getBytes(StandardCharsets.UTF_8), List.of(SCHEMA));
    }

    private static RecordState record(long time, Map<String, Value> values) {
        TreeMap<String, Cell> cells = new TreeMap<>();
        values.forEach((name, value) -> cells.put(name, new Cell(value, new Stamp(time, 1))));
        return new RecordState(cells, Stamp.NONE);
    }

    private static Optional<ChangeResult.Refused> check(
            WriteRules rules, Role role, String collection, RecordState before, RecordState edit) {
        RecordKey key = new RecordKey(collection, "r1");
        Change change = new Change(key, edit, 0, new TreeMap<>(), 0, Change.Kind.EDIT);
        RecordState after = RecordMerge.merge(SCHEMA.collection(collection).orElseThrow(), before, edit);
        return rules.check(new Principal("ann", role), change, before, after);
    }

    private static final RecordState EDIT = record(5, Map.of("account", new Value.Text("a")));
    private static final RecordState BEFORE = record(3, Map.of("account", new Value.Text("b")));
    private static final RecordState DELETION = new RecordState(new TreeMap<>(), new Stamp(9, 1));

    @Test
    void letsOnlyNamedRolesWrite() {
        WriteRules rules = rules("{\"entries\": {\"write\": [\"operator\"]}}");
        for (RecordState edit : List.of(EDIT, DELETION)) {
            assertThat(check(rules, Role.OPERATOR, "entries", BEFORE, edit)).isEmpty();
            assertThat(check(rules, Role.DEVICE, "entries", BEFORE, edit)).isPresent();
        }
        assertThat(check(
                        rules,
                        Role.DEVICE,
                        "notes",
                        RecordState.ABSENT,
                        record(1, Map.of("text", new Value.Text("x")))))
                .isEmpty();
    }

    @Test
    void tellsCreatingUpdatingAndDeletingApart() {
        WriteRules rules = rules("{\"entries\": {\"write\": [\"device\"], \"update\": [\"admin\"], \"delete\": []}}");
        RecordState tombstone = RecordMerge.merge(
                SCHEMA.collection("entries").orElseThrow(), BEFORE, new RecordState(new TreeMap<>(), new Stamp(4, 1)));
        assertThat(check(rules, Role.DEVICE, "entries", RecordState.ABSENT, EDIT))
                .isEmpty();
        assertThat(check(rules, Role.DEVICE, "entries", tombstone, EDIT)).isEmpty();
        assertThat(check(rules, Role.DEVICE, "entries", BEFORE, EDIT))
                .hasValueSatisfying(refused -> assertThat(refused.message())
                        .isEqualTo("The role device may not update records of entries: ask for the role admin."));
        assertThat(check(rules, Role.ADMIN, "entries", BEFORE, DELETION))
                .hasValueSatisfying(refused -> assertThat(refused.message()).contains("nobody may"));
    }

    @Test
    void addsConstraintsToThoseOfTheSchema() {
        WriteRules rules = rules(
                "{\"entries\": {\"constraints\": {\"potency\": {\"max\": 8}, \"account\": {\"required\": true}}}}");
        RecordState fine = record(5, Map.of("account", new Value.Text("a"), "potency", new Value.Int(8)));
        RecordState both = record(5, Map.of("potency", new Value.Int(9)));
        assertThat(check(rules, Role.ADMIN, "entries", RecordState.ABSENT, fine))
                .isEmpty();
        assertThat(check(rules, Role.ADMIN, "entries", RecordState.ABSENT, both))
                .hasValueSatisfying(refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.RULE_REFUSED);
                    assertThat(refused.message()).contains("account", "potency", "8");
                });
    }

    @Test
    void reportsAllThatIsWrongAtOnce() {
        assertThatThrownBy(() -> rules("{\"exits\": {}, \"entries\": {\"write\": [\"boss\"], \"delete\": \"admin\", "
                        + "\"read\": [], \"constraints\": {\"nothing\": {}, \"potency\": {\"type\": \"TEXT\", "
                        + "\"maxLength\": 3, \"min\": \"x\"}}}}"))
                .isInstanceOfSatisfying(
                        HoldfastException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.USAGE))
                .hasMessageContainingAll(
                        "exits", "entries.write", "entries.delete", "entries.read", "nothing", "potency.type", "min");
        for (String text : new String[] {"", "[]", "{\"entries\": 1}", "{"}) {
            assertThatThrownBy(() -> rules(text)).isInstanceOf(HoldfastException.class);
        }
    }

    @Test
    void leavesReviewsToPeople() {
        Change change = new Change(new RecordKey("_reviews", "r1"), EDIT, 0, new TreeMap<>(), 0, Change.Kind.EDIT);
        assertThat(rules("{}").check(new Principal("ann", Role.DEVICE), change, BEFORE, EDIT))
                .isPresent();
    }
}
