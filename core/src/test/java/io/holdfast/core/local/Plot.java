package io.holdfast.core.local;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.random.SeededRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A server in memory for the devices of a test, with one collection that has every merge rule, and a clock that is told. */
final class Plot {

    static final String SCOPE = "plot";
    static final Principal OWNER = new Principal("owner", Role.DEVICE);
    static final Schema SCHEMA = SchemaJson.read("""
            { "name": "garden", "version": 1, "collections": {
                "plants": { "fields": {
                    "name": {"type": "TEXT"}, "height": {"type": "INTEGER", "merge": "MAX"},
                    "sown": {"type": "INTEGER", "merge": "MIN"}, "seeds": {"type": "INTEGER", "merge": "COUNTER"},
                    "tags": {"type": "TEXT", "merge": "UNION"}, "price": {"type": "INTEGER", "merge": "SERVER"},
                    "verdict": {"type": "TEXT", "merge": "REVIEW"},
                    "grower": {"type": "TEXT", "sensitivity": "PERSONAL"} } },
                "prices": { "fields": { "amount": {"type": "DECIMAL(18,2)", "merge": "COUNTER"} } } } }
            """);
    static final Schema ALL = SystemCollections.addTo(SCHEMA);
    static final CollectionSchema PLANTS = ALL.collection("plants").orElseThrow();

    /** A name that the server takes from nobody. */
    static final String WEED = "weed";

    private static final WriteRules NO_WEEDS =
            (principal, change, before, after) -> after.value("name").equals(new Value.Text(WEED))
                            && change.edit().cells().containsKey("name")
                    ? Optional.of(new ChangeResult.Refused(ErrorCode.RULE_REFUSED, "name", "No weeds: name another."))
                    : Optional.empty();

    long nowMillis = Instant.parse("2026-11-20T06:00:00Z").toEpochMilli();
    private InMemoryServerStorage storage = new InMemoryServerStorage();
    private ScopeServer server = over(storage);
    private int lives;

    private ScopeServer over(InMemoryServerStorage tables) {
        lives++;
        return new ScopeServer(
                tables, SCHEMA, NO_WEEDS, () -> Instant.ofEpochMilli(nowMillis), new SeededRandom(lives));
    }

    ScopeServer server() {
        return server;
    }

    InMemoryServerStorage storage() {
        return storage;
    }

    /** The server is restored from a copy that was made before. */
    void restore(InMemoryServerStorage backup) {
        storage = backup.copy();
        server = over(storage);
    }

    static RecordKey plant(int number) {
        return new RecordKey("plants", "p" + number);
    }

    static Map<String, FieldEdit> named(String name) {
        return Map.of("name", text(name));
    }

    static FieldEdit text(String text) {
        return new FieldEdit.Assign(new Value.Text(text));
    }

    static FieldEdit number(long number) {
        return new FieldEdit.Assign(new Value.Int(number));
    }

    static FieldEdit cleared() {
        return new FieldEdit.Assign(Value.NULL);
    }

    static FieldEdit add(long units) {
        return new FieldEdit.Add(units);
    }

    static FieldEdit tags(Set<String> add, Set<String> remove) {
        return new FieldEdit.Amend(add, remove);
    }
}
