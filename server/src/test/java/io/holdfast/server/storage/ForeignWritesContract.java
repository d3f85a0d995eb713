package io.holdfast.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ScopeScrub;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.ServerWork;
import io.holdfast.core.exchange.ServerWrite;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Constraints;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.FieldType.Simple;
import io.holdfast.core.schema.MergeRule;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.gen.Tuple;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What other programs write to typed tables becomes changes, once each, on each engine. */
abstract class ForeignWritesContract {

    private static final Constraints SMALL = new Constraints(
            false,
            OptionalInt.empty(),
            Optional.of(BigDecimal.ZERO),
            Optional.of(BigDecimal.valueOf(1_000)),
            Optional.empty(),
            List.of());

    private static final Schema SCHEMA = new Schema(
            "books",
            1,
            new TreeMap<>(Map.of(
                    "accounts",
                    CollectionSchema.of(
                            "accounts",
                            List.of(
                                    Field.of("title", Simple.TEXT),
                                    Field.of("number", Simple.INTEGER).withConstraints(SMALL),
                                    Field.of("best", Simple.INTEGER).withMerge(MergeRule.MAX),
                                    Field.of("done", Simple.BOOLEAN).withMerge(MergeRule.SERVER),
                                    Field.of("extra", Simple.JSON),
                                    Field.of("views", Simple.INTEGER).withMerge(MergeRule.COUNTER),
                                    Field.of("tags", Simple.TEXT).withMerge(MergeRule.UNION)),
                            List.of()))));

    private static final Principal PERSON = new Principal("ann", Role.ADMIN);

    SqlEngine engine;
    private SqlServerStorage storage;
    private final SettableClock clock = SettableClock.at("2026-11-20T12:00:00Z");
    private ScopeServer server;

    abstract SqlEngine engine();

    @BeforeEach
    void open() {
        engine = engine();
        storage = SqlServerStorage.open(engine.open(), List.of(SCHEMA));
        server = new ScopeServer(storage, SCHEMA, WriteRules.OPEN, clock, new SeededRandom(7));
        insert("s", "zero", "title", "'begun'");
        fold();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private static RecordKey key(String id) {
        return new RecordKey("accounts", id);
    }

    void insert(String scope, String id, String column, String value) {
        engine.execute("INSERT INTO accounts (scope, id, " + column + ") VALUES ('" + scope + "', '" + id + "', "
                + value + ")");
    }

    void fold() {
        for (Map<String, List<RecordKey>> waiting = storage.foreign(100);
                !waiting.isEmpty();
                waiting = storage.foreign(100)) {
            waiting.forEach((scope, keys) -> server.fold(scope, keys));
        }
    }

    void write(String scope, String id, Map<String, Value> values) {
        server.write(
                PERSON,
                scope,
                List.of(key(id)),
                state -> new ServerWork<>(List.of(new ServerWrite(key(id), new TreeMap<>(values))), true));
    }

    private void write(String id, String field, Value value) {
        write("s", id, Map.of(field, value));
    }

    RecordState state(String scope, String id) {
        return record(scope, id).map(ServerRecord::state).orElse(RecordState.ABSENT);
    }

    private RecordState state(String id) {
        return state("s", id);
    }

    private Optional<ServerRecord> record(String scope, String id) {
        return storage.snapshot(
                scope,
                snapshot ->
                        Optional.ofNullable(snapshot.records(List.of(key(id))).get(key(id))));
    }

    private ScopeHead head(String scope) {
        return storage.snapshot(scope, snapshot -> snapshot.head().orElseThrow());
    }

    private long sequence() {
        return head("s").sequence();
    }

    private List<Gap> gaps(boolean openOnly) {
        return storage.snapshot("s", snapshot -> snapshot.trail().gaps(openOnly, Long.MAX_VALUE, 100));
    }

    private List<String> audit() {
        return storage.snapshot("s", snapshot -> snapshot.trail().entries(Long.MAX_VALUE, 100)).stream()
                .filter(entry -> entry.event() == AuditEntry.Event.FOREIGN_WRITE)
                .map(AuditEntry::detail)
                .toList();
    }

    /** Looks at everything as the scrub does: what is damaged, and how many rows wait. */
    private List<String> scrubbed(String scope) {
        Set<RecordKey> suspects = new LinkedHashSet<>();
        long waiting = 0;
        Optional<ScopeScrub.Position> next = Optional.of(ScopeScrub.Position.START);
        while (next.isPresent()) {
            ScopeScrub.Position from = next.get();
            ScopeScrub.Part part = storage.snapshot(scope, snapshot -> ScopeScrub.look(snapshot, from, 2));
            suspects.addAll(part.suspects());
            waiting += part.foreign();
            next = part.next();
        }
        boolean root = storage.snapshot(scope, ScopeScrub::rootFits);
        return List.of("damaged " + suspects.size(), "waiting " + waiting, "root " + root);
    }

    private static List<String> sound(int waiting) {
        return List.of("damaged 0", "waiting " + waiting, "root true");
    }

    @Test
    void anUpdateInSqlBecomesOneChangeWithASequenceAnAuditRowAndAProof() {
        write("a", "number", new Value.Int(1));
        long before = sequence();
        engine.execute("UPDATE accounts SET number = 2 WHERE id = 'a'");
        engine.execute("UPDATE accounts SET number = 3 WHERE id = 'a'");

        assertThat(storage.foreign(10)).isEqualTo(Map.of("s", List.of(key("a"))));
        assertThat(state("a").value("number")).isEqualTo(new Value.Int(1));
        assertThat(scrubbed("s")).isEqualTo(sound(1));
        assertThat(server.fold("s", List.of(key("a")))).isEqualTo(before + 1);

        assertThat(state("a").value("number")).isEqualTo(new Value.Int(3));
        assertThat(record("s", "a").orElseThrow().sequence()).isEqualTo(before + 1);
        assertThat(audit().getFirst()).isEqualTo("UPDATE of accounts/a by another program: number");
        assertThat(scrubbed("s")).isEqualTo(sound(0));
        assertThat(storage.foreign(10)).isEmpty();
        assertThat(server.fold("s", List.of(key("a")))).isEqualTo(before + 1);
        assertThat(engine.value("SELECT count(*) FROM hf_foreign_write")).isEqualTo("0");
    }

    @Test
    void theServersOwnWritesArePassedOver() {
        write("a", "number", new Value.Int(1));
        write("a", "title", new Value.Text("t"));
        assertThat(storage.foreign(10)).isEmpty();
        assertThat(engine.value("SELECT count(*) FROM hf_foreign_write")).isEqualTo("0");
    }

    @Test
    void insertedAndDeletedRowsAreRecordsAndTombstones() {
        write("a", "number", new Value.Int(1));
        insert("s", "b", "title", "'theirs'");
        engine.execute("DELETE FROM accounts WHERE id = 'a'");
        assertThat(state("a").live()).isTrue();
        assertThat(state("b").absent()).isTrue();
        assertThat(scrubbed("s")).isEqualTo(sound(2));
        fold();
        assertThat(state("a").tombstone()).isTrue();
        assertThat(state("b").value("title")).isEqualTo(new Value.Text("theirs"));
        assertThat(scrubbed("s")).isEqualTo(sound(0));

        insert("s", "a", "title", "'again'");
        fold();
        assertThat(state("a").live()).isTrue();
        assertThat(state("a").value("number")).isEqualTo(Value.NULL);
        assertThat(scrubbed("s")).isEqualTo(sound(0));
    }

    @Test
    void aRowThatMovesToAnotherKeyLeavesOneRecordAndBecomesAnother() {
        write("a", "number", new Value.Int(1));
        engine.execute("UPDATE accounts SET id = 'b', number = 9 WHERE id = 'a'");
        fold();
        assertThat(state("a").tombstone()).isTrue();
        assertThat(state("b").value("number")).isEqualTo(new Value.Int(9));
        assertThat(scrubbed("s")).isEqualTo(sound(0));
    }

    @Test
    void anUpsertInSqlIsOneChange() {
        write("a", "number", new Value.Int(1));
        engine.execute("INSERT INTO accounts (scope, id, number) VALUES ('s', 'a', 5)"
                + " ON CONFLICT (scope, id) DO UPDATE SET number = excluded.number");
        fold();
        assertThat(state("a").value("number")).isEqualTo(new Value.Int(5));
        assertThat(scrubbed("s")).isEqualTo(sound(0));
    }

    @Test
    void counterAndSetTakeTheDifference() {
        write("a", "views", CounterValue.zero(0).add(7, 10));
        write("a", "tags", SetValue.EMPTY.add("x", 7, 1).add("y", 7, 2));
        engine.execute("UPDATE accounts SET views = views - 4, tags = '[\"y\", \"z\"]', extra = '{\"b\": 1, \"a\": 2}'"
                + " WHERE id = 'a'");
        fold();
        CounterValue views = (CounterValue) state("a").value("views");
        assertThat(views.sum()).isEqualTo(6);
        assertThat(views.totals().get(7L)).isEqualTo(new CounterValue.Total(10, 0));
        assertThat(((SetValue) state("a").value("tags")).members()).containsExactly("y", "z");
        assertThat(state("a").value("extra")).isEqualTo(new Value.Json("{\"a\":2,\"b\":1}"));
        assertThat(engine.value("SELECT extra FROM accounts WHERE id = 'a'")).isEqualTo("{\"a\":2,\"b\":1}");
        assertThat(scrubbed("s")).isEqualTo(sound(0));
    }

    @Test
    void whatLosesAgainstALatticeIsKeptInTheHistory() {
        write("a", "best", new Value.Int(10));
        engine.execute("UPDATE accounts SET best = 5 WHERE id = 'a'");
        fold();
        assertThat(state("a").value("best")).isEqualTo(new Value.Int(10));
        assertThat(engine.value("SELECT best FROM accounts WHERE id = 'a'")).isEqualTo("10");
        assertThat(scrubbed("s")).isEqualTo(sound(0));
    }

    @Test
    void anAppendTakesInWhatWaitsForTheRecordsItTouches() {
        write("a", "number", new Value.Int(1));
        engine.execute("UPDATE accounts SET title = 'theirs' WHERE id = 'a'");
        write("a", "number", new Value.Int(2));
        assertThat(state("a").value("title")).isEqualTo(new Value.Text("theirs"));
        assertThat(state("a").value("number")).isEqualTo(new Value.Int(2));
        assertThat(storage.foreign(10)).isEmpty();
        assertThat(scrubbed("s")).isEqualTo(sound(0));
    }

    @Test
    void aRowThatTheSchemaRefusesWaitsAsAGapAndStopsNoOther() {
        write("a", "number", new Value.Int(1));
        engine.execute("UPDATE accounts SET number = -5 WHERE id = 'a'");
        insert("s", "b", "extra", "'{broken'");
        insert("s", "c", "number", "7");
        fold();

        assertThat(state("a").value("number")).isEqualTo(new Value.Int(1));
        assertThat(state("b").absent()).isTrue();
        assertThat(state("c").value("number")).isEqualTo(new Value.Int(7));
        assertThat(gaps(true))
                .extracting(gap -> gap.key().id() + " " + gap.kind())
                .containsExactlyInAnyOrder("a WRITE_REFUSED", "b WRITE_REFUSED");
        Gap gap = gaps(true).stream()
                .filter(one -> one.key().equals(key("a")))
                .findFirst()
                .orElseThrow();
        assertThat(gap.here().value("number")).isEqualTo(new Value.Int(-5));
        assertThat(gap.finding().cause()).contains("FIELD_RANGE");
        assertThat(engine.value("SELECT number FROM accounts WHERE id = 'a'")).isEqualTo("-5");
        assertThat(scrubbed("s")).isEqualTo(sound(2));

        engine.execute("UPDATE accounts SET number = 6 WHERE id = 'a'");
        engine.execute("DELETE FROM accounts WHERE id = 'b'");
        fold();
        assertThat(state("a").value("number")).isEqualTo(new Value.Int(6));
        assertThat(gaps(true)).isEmpty();
        assertThat(gaps(false)).hasSize(2);
        assertThat(engine.value("SELECT count(*) FROM hf_foreign_write")).isEqualTo("0");
        assertThat(scrubbed("s")).isEqualTo(sound(0));
    }

    @Test
    void aLaterChangeTakesThePlaceOfARefusedRow() {
        write("a", "number", new Value.Int(1));
        engine.execute("UPDATE accounts SET number = -5 WHERE id = 'a'");
        fold();
        write("a", "title", new Value.Text("ours"));
        assertThat(state("a").value("number")).isEqualTo(new Value.Int(1));
        assertThat(engine.value("SELECT number FROM accounts WHERE id = 'a'")).isEqualTo("1");
        assertThat(gaps(true)).isEmpty();
        assertThat(gaps(false).getFirst().here().value("number")).isEqualTo(new Value.Int(-5));
        assertThat(engine.value("SELECT count(*) FROM hf_foreign_write")).isEqualTo("0");
        assertThat(scrubbed("s")).isEqualTo(sound(0));
    }

    @Test
    void aRowOfAScopeThatIsNotThereBringsItIntoBeing() {
        insert("new", "a", "number", "1");
        fold();
        assertThat(state("new", "a").value("number")).isEqualTo(new Value.Int(1));
        assertThat(storage.scopes("", 10)).contains("new");
        assertThat(scrubbed("new")).isEqualTo(sound(0));
    }

    @Test
    void aRowWithoutAScopeOrIdIsRefusedWhenItIsWritten() {
        assertThatThrownBy(() -> insert("", "a", "number", "1"))
                .hasStackTraceContaining("A scope has 1 to 200 characters");
        assertThatThrownBy(() -> engine.execute("INSERT INTO accounts (id, number) VALUES ('a', 1)"))
                .isNotNull();
        assertThatThrownBy(() -> engine.execute("INSERT INTO accounts (scope, number) VALUES ('s', 1)"))
                .isNotNull();
        assertThat(storage.foreign(10)).isEmpty();
    }

    @Test
    void aBadIdIsAGap() {
        insert("s", "x".repeat(2_000), "number", "1");
        fold();
        assertThat(gaps(true).getFirst().finding().cause()).contains("RECORD_ID");
    }

    @Test
    void afterACrashInTheMiddleEverythingIsTakenInOnce() {
        write("a", "number", new Value.Int(1));
        engine.execute("UPDATE accounts SET number = 2 WHERE id = 'a'");
        long before = sequence();
        assertThatThrownBy(() -> server.write(PERSON, "s", List.of(key("a")), state -> {
                    throw new IllegalStateException("crash");
                }))
                .hasMessage("crash");
        assertThat(sequence()).isEqualTo(before);
        assertThat(state("a").value("number")).isEqualTo(new Value.Int(1));
        fold();
        assertThat(sequence()).isEqualTo(before + 1);
        assertThat(state("a").value("number")).isEqualTo(new Value.Int(2));
        assertThat(audit()).hasSize(2);
    }

    @Test
    void aTransactionThatRollsBackLeavesNothing() throws SQLException {
        write("a", "number", new Value.Int(1));
        try (Connection connection = engine.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE accounts SET number = 2 WHERE id = 'a'");
            connection.rollback();
        }
        assertThat(storage.foreign(10)).isEmpty();
        assertThat(scrubbed("s")).isEqualTo(sound(0));
    }

    @Test
    void theScrubDoesNotTakeWaitingRowsForDamageAndStillSeesDamage() {
        write("a", "number", new Value.Int(1));
        write("b", "number", new Value.Int(1));
        engine.execute("UPDATE accounts SET number = 2 WHERE id = 'a'");
        engine.tamper("UPDATE accounts SET number = 2 WHERE id = 'b'");
        assertThat(scrubbed("s")).isEqualTo(List.of("damaged 1", "waiting 1", "root true"));
        int found = storage.mend(
                "s", snapshot -> ScopeScrub.settle(snapshot, Set.of(key("a"), key("b")), 3, clock.millis()));
        assertThat(found).isEqualTo(1);
        assertThat(gaps(true)).extracting(gap -> gap.key().id()).containsExactly("b");
    }

    @Test
    void challengesSeeWaitingRowsAsTheRecordsWere() {
        write("a", "number", new Value.Int(1));
        write("b", "number", new Value.Int(1));
        engine.execute("UPDATE accounts SET number = 2 WHERE id = 'a'");
        engine.execute("DELETE FROM accounts WHERE id = 'b'");
        insert("s", "c", "number", "3");
        List<String> wrong = new ArrayList<>();
        storage.snapshot("s", snapshot -> {
            Digester digester = new Digester(snapshot.head().orElseThrow().key());
            snapshot.rows(row -> {
                if (!digester.digest(row.key(), row.state()).equals(row.digest())) {
                    wrong.add(row.key().id());
                }
            });
            return true;
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void aBurstBesideManyDevicesIsCountedOnce() throws InterruptedException {
        int devices = 100;
        int statements = Integer.getInteger("holdfast.burst", 10);
        for (int i = 0; i < devices; i++) {
            insert("d" + i, "a", "views", "0");
        }
        fold();
        List<Thread> threads = new ArrayList<>();
        threads.add(Thread.ofPlatform().start(() -> {
            for (int i = 0; i < statements; i++) {
                engine.execute("UPDATE accounts SET views = views + 1 WHERE id = 'a'");
            }
        }));
        threads.add(Thread.ofPlatform().start(this::fold));
        for (int i = 0; i < devices; i++) {
            String scope = "d" + i;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int n = 0; n < 3; n++) {
                    count(scope);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        fold();
        for (int i = 0; i < devices; i++) {
            assertThat(((CounterValue) state("d" + i, "a").value("views")).sum())
                    .isEqualTo(statements + 3);
            assertThat(scrubbed("d" + i)).isEqualTo(sound(0));
        }
        assertThat(engine.value("SELECT count(*) FROM hf_foreign_write")).isEqualTo("0");
        assertThat(engine.value("SELECT count(*) FROM accounts WHERE views <> " + (statements + 3) + " AND id = 'a'"))
                .isEqualTo("0");
    }

    private void count(String scope) {
        server.write(PERSON, scope, List.of(key("a")), state -> {
            CounterValue views = (CounterValue) state.apply(key("a")).value("views");
            return new ServerWork<>(
                    List.of(new ServerWrite(key("a"), new TreeMap<>(Map.of("views", views.add(7, 1))))), true);
        });
    }

    /** What happens to a few records: by another program, by the server, or the folder comes by. */
    private record Deed(String what, String id, int number) {}

    private static Gen<List<Deed>> deeds() {
        Gen<Tuple.Three<String, String, Integer>> parts = Gens.tuple(
                Gens.pick("update", "insert", "delete", "move", "write", "refused", "fold"),
                Gens.pick("a", "b"),
                Gens.ints(0, 1_000));
        return parts.map(deed -> new Deed(deed.first(), deed.second(), deed.third()))
                .list(0, 12);
    }

    private static final AtomicInteger TRIES = new AtomicInteger();

    abstract int tries();

    @Test
    void whateverIsWrittenByWhomInWhateverOrderRecordAndRowEndEqual() {
        Property.of("foreign writes are taken in once").tries(tries()).forAll(deeds(), deeds -> {
            String scope = "p" + TRIES.incrementAndGet();
            insert(scope, "begun", "number", "1");
            fold();
            TreeMap<String, Integer> rows = new TreeMap<>();
            for (Deed deed : deeds) {
                apply(scope, deed, rows);
            }
            fold();
            for (String id : List.of("a", "b")) {
                RecordState state = state(scope, id);
                Integer row = rows.get(id);
                assertThat(state.live()).isEqualTo(row != null);
                assertThat(state.live() ? state.value("number") : Value.NULL)
                        .isEqualTo(row == null ? Value.NULL : new Value.Int(row));
            }
            assertThat(scrubbed(scope)).isEqualTo(sound(0));
            long chained = Long.parseLong(
                    engine.value("SELECT max(sequence) FROM hf_record_head WHERE scope = '" + scope + "'"));
            assertThat(head(scope).sequence()).isEqualTo(chained);
        });
    }

    private void apply(String scope, Deed deed, TreeMap<String, Integer> rows) {
        String where = " WHERE scope = '" + scope + "' AND id = '" + deed.id() + "'";
        String other = deed.id().equals("a") ? "b" : "a";
        switch (deed.what()) {
            case "update" -> {
                engine.execute("UPDATE accounts SET number = " + deed.number() + where);
                rows.computeIfPresent(deed.id(), (id, old) -> deed.number());
            }
            case "insert" -> {
                if (!rows.containsKey(deed.id())) {
                    insert(scope, deed.id(), "number", Integer.toString(deed.number()));
                    rows.put(deed.id(), deed.number());
                }
            }
            case "delete" -> {
                engine.execute("DELETE FROM accounts" + where);
                rows.remove(deed.id());
            }
            case "move" -> {
                if (rows.containsKey(deed.id()) && !rows.containsKey(other)) {
                    engine.execute("UPDATE accounts SET id = '" + other + "'" + where);
                    rows.put(other, rows.remove(deed.id()));
                }
            }
            case "write" -> {
                write(scope, deed.id(), Map.of("number", new Value.Int(deed.number())));
                rows.put(deed.id(), deed.number());
            }
            case "refused" -> {
                if (rows.containsKey(deed.id())) {
                    engine.execute("UPDATE accounts SET number = -1" + where);
                    fold();
                    engine.execute("UPDATE accounts SET number = " + deed.number() + where);
                    rows.put(deed.id(), deed.number());
                }
            }
            default -> fold();
        }
    }

    /** Does something for a record that exists, while another program's transaction is open. */
    void beside(SqlAction begin, BooleanSupplier waits) throws Exception {
        write("a", "number", new Value.Int(1));
        Thread append = Thread.ofPlatform().unstarted(() -> write("a", "title", new Value.Text("ours")));
        try (Connection connection = engine.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            begin.run(statement);
            append.start();
            while (!waits.getAsBoolean()) {
                Thread.onSpinWait();
            }
            connection.commit();
        }
        append.join();
        fold();
        assertThat(state("a").value("title")).isEqualTo(new Value.Text("ours"));
        assertThat(scrubbed("s")).isEqualTo(sound(0));
    }

    Value number(String id) {
        return state(id).value("number");
    }

    /** Statements of another program. */
    interface SqlAction {
        void run(Statement statement) throws SQLException;
    }
}
