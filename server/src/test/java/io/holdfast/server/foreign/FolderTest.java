package io.holdfast.server.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType.Simple;
import io.holdfast.core.schema.Schema;
import io.holdfast.server.metrics.ServerMetrics;
import io.holdfast.server.storage.SqlEngine;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps waiting must keep nothing else waiting. */
final class FolderTest {

    /** More than a step looks at. */
    private static final int MANY = 2_500;

    private static final Schema SCHEMA = new Schema(
            "books", 1, new TreeMap<>(Map.of("accounts", collection("accounts"), "others", collection("others"))));

    private static CollectionSchema collection(String name) {
        return CollectionSchema.of(name, List.of(Field.of("title", Simple.TEXT)), List.of());
    }

    @TempDir
    private Path directory;

    private SqlEngine engine;
    private SqlServerStorage storage;
    private final ServerMetrics metrics = new ServerMetrics();
    private Folder folder;

    @BeforeEach
    void open() {
        engine = SqlEngine.sqlite(directory.resolve("server.db"));
        storage = SqlServerStorage.open(engine.open(), List.of(SCHEMA));
        ScopeServer server = new ScopeServer(
                storage, SCHEMA, WriteRules.OPEN, SettableClock.at("2026-11-20T12:00:00Z"), new SeededRandom(7));
        folder = new Folder(
                storage,
                collection -> collection.equals("accounts") ? Optional.of(server) : Optional.empty(),
                (scope, sequence) -> {},
                metrics.foreign());
    }

    @AfterEach
    void close() {
        storage.close();
        metrics.close();
    }

    private void writeMany(String scope, String collection) {
        engine.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + MANY
                + ") INSERT INTO " + collection + " (scope, id, title) SELECT '" + scope + "', 'r' || i, 'x' FROM n");
    }

    private void write(String scope, String id) {
        engine.execute("INSERT INTO accounts (scope, id, title) VALUES ('" + scope + "', '" + id + "', 'x')");
    }

    /** All that can be taken in, and a look behind it from the beginning. */
    private void foldAll() {
        int idle = 0;
        for (int steps = 0; idle < 2; steps++) {
            assertThat(steps).as("steps until nothing is left").isLessThan(100);
            if (folder.step() == Folder.Outcome.IDLE) {
                idle++;
            }
        }
    }

    private String waiting(String collection) {
        return engine.value("SELECT count(*) FROM hf_foreign_write WHERE collection = '" + collection + "'");
    }

    @Test
    void writesToACollectionThatNobodyServesHoldUpNoOther() {
        writeMany("s", "others");
        write("s", "a");
        foldAll();
        assertThat(waiting("accounts")).isEqualTo("0");
        assertThat(waiting("others")).isEqualTo(String.valueOf(MANY));
        write("s", "b");
        foldAll();
        assertThat(waiting("accounts")).isEqualTo("0");
    }

    @Test
    void aRowThatTheDatabaseRefusesHoldsUpNoOtherOfItsScope() {
        writeMany("s", "accounts");
        engine.execute("CREATE TRIGGER strict BEFORE INSERT ON hf_record_head WHEN NEW.id = 'r7' BEGIN"
                + " SELECT RAISE(ABORT, 'not this one'); END");
        write("t", "a");
        foldAll();
        assertThat(waiting("accounts")).isEqualTo("1");
        engine.execute("DROP TRIGGER strict");
        foldAll();
        assertThat(waiting("accounts")).isEqualTo("0");
    }
}
