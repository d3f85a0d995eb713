package io.holdfast.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType.Simple;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.Sensitivity;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.random.SeededRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writing and deleting by the server's own hand. */
class ServerHandTest {

    private static final RecordKey NOTE = new RecordKey("notes", "n1");
    private static final Principal ANN = new Principal("ann", Role.ADMIN);

    private final InMemoryServerStorage storage = new InMemoryServerStorage();
    private final ScopeServer server = new ScopeServer(
            storage,
            new Schema(
                    "journal",
                    1,
                    new TreeMap<>(Map.of(
                            "notes",
                            CollectionSchema.of(
                                    "notes",
                                    List.of(
                                            Field.of("text", Simple.TEXT),
                                            Field.of("phone", Simple.TEXT).withSensitivity(Sensitivity.PERSONAL)),
                                    List.of())))),
            WriteRules.OPEN,
            InstantSource.fixed(Instant.ofEpochMilli(1_000_000)),
            new SeededRandom(1));

    @BeforeEach
    void write() {
        server.found("scope");
        write("hello", "123");
    }

    private void write(String text, String phone) {
        ServerWrite write = new ServerWrite(
                NOTE, new TreeMap<>(Map.of("text", new Value.Text(text), "phone", new Value.Text(phone))));
        server.write(ANN, "scope", List.of(NOTE), state -> new ServerWork<>(List.of(write), true));
    }

    private void delete() {
        server.write(ANN, "scope", List.of(NOTE), state -> new ServerWork<>(List.of(), List.of(NOTE), true));
    }

    private RecordState state() {
        return storage.snapshot(
                "scope",
                snapshot -> Objects.requireNonNull(
                                snapshot.records(List.of(NOTE)).get(NOTE))
                        .state());
    }

    private ScopeHead head() {
        return storage.snapshot("scope", snapshot -> snapshot.head().orElseThrow());
    }

    @Test
    void foundingTwiceLeavesTheScopeAsItIs() {
        ScopeHead before = head();
        server.found("scope");
        assertThat(head()).isEqualTo(before);
    }

    @Test
    void deletingLeavesATombstoneWithoutPersonalData() {
        delete();
        assertThat(state().tombstone()).isTrue();
        assertThat(state().value("text")).isEqualTo(new Value.Text("hello"));
        assertThat(state().value("phone")).isEqualTo(Value.NULL);
        assertThat(head().root().count()).isZero();
    }

    @Test
    void writingBringsADeletedRecordBack() {
        delete();
        write("hello", "123");
        assertThat(state().live()).isTrue();
        assertThat(state().value("phone")).isEqualTo(new Value.Text("123"));
        assertThat(head().root().count()).isOne();
    }
}
