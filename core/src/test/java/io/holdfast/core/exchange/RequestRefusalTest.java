package io.holdfast.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.Limits;
import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.protocol.Batch;
import io.holdfast.core.protocol.BatchCodec;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.Protocol;
import io.holdfast.core.protocol.ReconcileAnswer;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.protocol.RegisterRequest;
import io.holdfast.core.protocol.SchemaRef;
import io.holdfast.core.protocol.Sender;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaHash;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.stamp.HybridTime;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.random.SeededRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server takes from nobody; each refusal changes nothing. */
class RequestRefusalTest {

    private static final long NOW = Instant.parse("2026-11-20T06:00:00Z").toEpochMilli();
    private static final Schema SCHEMA = SchemaJson.read("""
            {"name": "s", "version": 2, "collections": {"c": {"fields": {
                "f": {"type": "TEXT", "maxLength": 3}, "g": {"type": "INTEGER"}}}}}
            """);
    private static final SchemaRef REFERENCE = new SchemaRef("s", 2, SchemaHash.of(SCHEMA));
    private static final Principal OWNER = new Principal("owner", Role.DEVICE);
    private static final Principal OTHER = new Principal("other", Role.DEVICE);
    private static final Sender SENDER = sender(Protocol.VERSION, "scope", "replica", REFERENCE);

    private final InMemoryServerStorage storage = new InMemoryServerStorage();
    private final ScopeServer server =
            new ScopeServer(storage, SCHEMA, WriteRules.OPEN, () -> Instant.ofEpochMilli(NOW), new SeededRandom(1));

    @BeforeEach
    void register() {
        server.register(OWNER, new RegisterRequest(SENDER));
    }

    @Test
    void refusesAnotherProtocol() {
        assertRefused(ErrorCode.PROTOCOL_UNSUPPORTED, sender(Protocol.VERSION + 1, "scope", "replica", REFERENCE));
        assertRefused(ErrorCode.PROTOCOL_UNSUPPORTED, sender(Protocol.VERSION - 1, "scope", "replica", REFERENCE));
    }

    @Test
    void refusesNamesThatNobodyCouldRead() {
        String longest = "x".repeat(200);
        assertRefused(ErrorCode.REQUEST_INVALID, sender(Protocol.VERSION, longest + "x", "replica", REFERENCE));
        assertRefused(ErrorCode.REQUEST_INVALID, sender(Protocol.VERSION, "scope", longest + "x", REFERENCE));
        assertRefused(ErrorCode.REQUEST_INVALID, sender(Protocol.VERSION, "sc\nope", "replica", REFERENCE));
        assertThat(server.register(OWNER, new RegisterRequest(sender(Protocol.VERSION, longest, longest, REFERENCE)))
                        .serverMillis())
                .isEqualTo(NOW);
    }

    @Test
    void refusesSchemasItDoesNotHold() {
        String hash = REFERENCE.hash();
        for (SchemaRef other : List.of(
                new SchemaRef("t", 2, hash),
                new SchemaRef("s", 3, hash),
                new SchemaRef("s", 2, "0"),
                new SchemaRef("t", 1, hash))) {
            assertRefused(ErrorCode.SCHEMA_MISMATCH, sender(Protocol.VERSION, "scope", "replica", other));
        }
    }

    @Test
    void takesDevicesThatAreOlder() {
        Sender older = sender(Protocol.VERSION, "scope", "replica", new SchemaRef("s", 1, "whatever it was"));
        assertThat(server.exchange(OWNER, request(older, Optional.empty()))).isInstanceOf(ExchangeAnswer.Applied.class);
    }

    @Test
    void refusesTheReplicaOfSomeoneElse() {
        assertRefused(ErrorCode.REPLICA_FOREIGN, () -> server.register(OTHER, new RegisterRequest(SENDER)));
        assertRefused(ErrorCode.REPLICA_FOREIGN, () -> server.exchange(OTHER, request(SENDER, Optional.empty())));
        assertRefused(ErrorCode.REPLICA_FOREIGN, () -> server.reconcile(OTHER, question("")));
    }

    @Test
    void whoIsNotRegisteredHereMustRegisterFirst() {
        Sender stranger = sender(Protocol.VERSION, "scope", "stranger", REFERENCE);
        Sender elsewhere = sender(Protocol.VERSION, "elsewhere", "replica", REFERENCE);
        Sender reopened = new Sender(Protocol.VERSION, 1, "scope", "replica", 99, REFERENCE);
        for (Sender sender : List.of(stranger, elsewhere, reopened)) {
            assertThat(server.exchange(OWNER, request(sender, Optional.empty())))
                    .isEqualTo(new ExchangeAnswer.Unregistered(1, NOW));
        }
        ReconcileRequest question =
                new ReconcileRequest(stranger, Cursor.START, "", new ReconcileRequest.Question.Leaves(new TreeMap<>()));
        assertThat(server.reconcile(OWNER, question).reply()).isInstanceOf(ReconcileAnswer.Reply.Behind.class);
    }

    @Test
    void aComparisonFromAHistoryItDoesNotKnowIsSentBackToExchange() {
        ReconcileRequest question = new ReconcileRequest(
                SENDER, new Cursor("1-x", 5, "y"), "", new ReconcileRequest.Question.Leaves(new TreeMap<>()));
        assertThat(server.reconcile(OWNER, question).reply()).isInstanceOf(ReconcileAnswer.Reply.Behind.class);
    }

    @Test
    void refusesMoreEarlierCursorsThanADeviceKeeps() {
        List<Cursor> most = Collections.nCopies(Limits.CURSORS_KEPT, Cursor.START);
        assertThat(server.exchange(OWNER, earlier(most))).isInstanceOf(ExchangeAnswer.Applied.class);
        List<Cursor> more = Collections.nCopies(Limits.CURSORS_KEPT + 1, Cursor.START);
        assertRefused(ErrorCode.REQUEST_INVALID, () -> server.exchange(OWNER, earlier(more)));
    }

    private static ExchangeRequest earlier(List<Cursor> cursors) {
        return new ExchangeRequest(SENDER, Cursor.START, cursors, BatchMark.NONE, Optional.empty(), 10);
    }

    @Test
    void refusesNoncesThatAnyoneCouldGuess() {
        assertRefused(ErrorCode.REQUEST_INVALID, () -> server.reconcile(OWNER, question("0".repeat(31))));
        assertRefused(ErrorCode.REQUEST_INVALID, () -> server.reconcile(OWNER, question("0".repeat(129))));
        assertThat(server.reconcile(OWNER, question("0".repeat(32)))).isNotNull();
        assertThat(server.reconcile(OWNER, question("0".repeat(128)))).isNotNull();
    }

    private static ReconcileRequest question(String nonce) {
        return new ReconcileRequest(
                SENDER, Cursor.START, nonce, new ReconcileRequest.Question.Leaves(new TreeMap<>(Map.of(1, Map.of()))));
    }

    @Test
    void refusesACursorOfAnEpochThatNoServerCanHaveReached() {
        for (String epoch : List.of("1002-0", "2147483648-0", Long.MAX_VALUE + "-0")) {
            for (long sequence : List.of(0L, 5L)) {
                assertRefused(ErrorCode.CURSOR_UNKNOWN, () -> show(new Cursor(epoch, sequence, "0".repeat(32))));
            }
        }
        ExchangeAnswer.EpochChanged changed =
                (ExchangeAnswer.EpochChanged) show(new Cursor("1001-0", 5, "0".repeat(32)));
        assertThat(changed.forkedAt().epoch()).startsWith("1002-");
    }

    private ExchangeAnswer show(Cursor cursor) {
        return server.exchange(
                OWNER, new ExchangeRequest(SENDER, cursor, List.of(), BatchMark.NONE, Optional.empty(), 10));
    }

    @Test
    void refusesBatchesBeyondTheLimit() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i <= Limits.BATCH_CHANGES_MAX; i++) {
            changes.add(change("" + i, Map.of("g", new Value.Int(i))));
        }
        assertRefused(ErrorCode.BATCH_TOO_LARGE, () -> push(changes));
        changes.removeLast();
        assertThat(((ExchangeAnswer.Applied) push(changes)).results())
                .hasSize(Limits.BATCH_CHANGES_MAX)
                .allMatch(ChangeResult.Accepted.class::isInstance);
    }

    @Test
    void refusesABatchThatChangesARecordTwice() {
        Change change = change("1", Map.of("g", new Value.Int(1)));
        assertRefused(ErrorCode.BATCH_MALFORMED, () -> push(List.of(change, change)));
    }

    @Test
    void refusesABatchThatIsNotWhatItsHashSays() {
        List<Change> changes = List.of(change("1", Map.of("g", new Value.Int(1))));
        byte[] bytes = BatchCodec.encode(changes);
        Batch batch = new Batch(new BatchMark(1, "0".repeat(64)), BatchMark.NONE, bytes, changes);
        assertRefused(ErrorCode.BATCH_MALFORMED, () -> server.exchange(OWNER, request(SENDER, Optional.of(batch))));
    }

    @Test
    void aChangeThatCannotBeIsRefusedAndTheOthersGoOn() {
        long tooLate = HybridTime.ofMillis(NOW + Limits.DRIFT_MILLIS_MAX + 1);
        RecordState nothing = RecordState.ABSENT;
        ExchangeAnswer.Applied answer = (ExchangeAnswer.Applied) push(List.of(
                new Change(new RecordKey("nowhere", "1"), nothing, 0, new TreeMap<>(), 0, Change.Kind.EDIT),
                new Change(new RecordKey("c", "x".repeat(200)), nothing, 0, new TreeMap<>(), 0, Change.Kind.EDIT),
                new Change(new RecordKey("c", "1"), nothing, 0, new TreeMap<>(), 0, Change.Kind.EDIT),
                change("2", Map.of("h", new Value.Int(1))),
                change("3", Map.of("f", new Value.Text("long"))),
                change("4", Map.of("f", new Value.Int(1))),
                change("5", Map.of("g", new Value.Int(1)), tooLate),
                change("6", Map.of("g", new Value.Int(1)), tooLate - 1),
                change("7", Map.of("g", new Value.Int(1)))));
        assertThat(answer.results().stream().map(RequestRefusalTest::code))
                .containsExactly(
                        "COLLECTION_UNKNOWN",
                        "RECORD_ID",
                        "BATCH_MALFORMED",
                        "FIELD_UNKNOWN",
                        "FIELD_LENGTH",
                        "FIELD_TYPE",
                        "CLOCK_AHEAD",
                        "",
                        "");
        assertThat(answer.records()).isEqualTo(2);
    }

    @Test
    void oneRefusedChangeHoldsBackItsGroupAndNoOther() {
        List<Change> changes =
                List.of(grouped("1", 1, "good"), grouped("2", 7, "ok"), grouped("3", 1, "ok"), grouped("4", 7, "ok"));
        ExchangeAnswer.Applied answer = (ExchangeAnswer.Applied) push(changes);
        assertThat(answer.results().stream().map(RequestRefusalTest::code))
                .containsExactly("FIELD_LENGTH", "", "GROUP_REFUSED", "");
        assertThat(answer.records()).isEqualTo(2);
    }

    private static Change grouped(String id, long group, String text) {
        Change change = change(id, Map.of("f", new Value.Text(text)));
        return new Change(change.key(), change.edit(), 0, change.baseStamps(), group, Change.Kind.EDIT);
    }

    private static String code(ChangeResult result) {
        return result instanceof ChangeResult.Refused refused ? refused.code().name() : "";
    }

    private static Change change(String id, Map<String, Value> values) {
        return change(id, values, HybridTime.ofMillis(NOW));
    }

    private static Change change(String id, Map<String, Value> values, long time) {
        TreeMap<String, Cell> cells = new TreeMap<>();
        values.forEach((name, value) -> cells.put(name, new Cell(value, new Stamp(time, 1))));
        return new Change(
                new RecordKey("c", id), new RecordState(cells, Stamp.NONE), 0, new TreeMap<>(), 0, Change.Kind.EDIT);
    }

    private ExchangeAnswer push(List<Change> changes) {
        byte[] bytes = BatchCodec.encode(changes);
        Batch batch = new Batch(BatchCodec.mark(BatchMark.NONE, bytes), BatchMark.NONE, bytes, changes);
        return server.exchange(OWNER, request(SENDER, Optional.of(batch)));
    }

    private static ExchangeRequest request(Sender sender, Optional<Batch> batch) {
        return new ExchangeRequest(sender, Cursor.START, List.of(), BatchMark.NONE, batch, 10);
    }

    private static Sender sender(int protocol, String scope, String replica, SchemaRef schema) {
        return new Sender(protocol, 1, scope, replica, 1, schema);
    }

    private void assertRefused(ErrorCode code, Sender sender) {
        assertRefused(code, () -> server.register(OWNER, new RegisterRequest(sender)));
        assertRefused(code, () -> server.exchange(OWNER, request(sender, Optional.empty())));
        assertRefused(
                code,
                () -> server.reconcile(
                        OWNER,
                        new ReconcileRequest(
                                sender, Cursor.START, "", new ReconcileRequest.Question.Leaves(new TreeMap<>()))));
    }

    private void assertRefused(ErrorCode code, ThrowingCallable request) {
        var before = storage.<Object>snapshot("scope", snapshot -> List.of(snapshot.head(), snapshot.replicas(9)));
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        HoldfastException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
        var after = storage.<Object>snapshot("scope", snapshot -> List.of(snapshot.head(), snapshot.replicas(9)));
        assertThat(after).isEqualTo(before);
    }
}
