package io.holdfast.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Limits;
import io.holdfast.core.change.Change;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.protocol.Batch;
import io.holdfast.core.protocol.BatchCodec;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.ReconcileAnswer;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.protocol.RegisterRequest;
import io.holdfast.core.protocol.SchemaRef;
import io.holdfast.core.protocol.Sender;
import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaHash;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.core.stamp.HybridTime;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.random.SeededRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReconciliationTest {

    private static final long NOW = Instant.parse("2026-11-20T06:00:00Z").toEpochMilli();
    private static final Schema SCHEMA = SchemaJson.read("""
            {"name": "s", "version": 1, "collections": {"c": {"fields": {"f": {"type": "TEXT"}}}}}
            """);
    private static final Sender SENDER =
            new Sender(1, 1, "scope", "replica", 1, new SchemaRef("s", 1, SchemaHash.of(SCHEMA)));
    private static final Principal OWNER = new Principal("owner", Role.DEVICE);

    private final ScopeServer server = new ScopeServer(
            new InMemoryServerStorage(), SCHEMA, WriteRules.OPEN, () -> Instant.ofEpochMilli(NOW), new SeededRandom(1));
    private Cursor cursor = Cursor.START;
    private BatchMark last = BatchMark.NONE;

    ReconciliationTest() {
        server.register(OWNER, new RegisterRequest(SENDER));
    }

    @Test
    void aDeviceThatLostMoreThanAnAnswerHoldsIsToldPartByPart() {
        for (int batch = 0; batch < 3; batch++) {
            push(batch * 2_000, 2_000, "");
        }
        ReconcileAnswer.Reply.Leaves first = leaves(all());
        assertThat(first.records()).hasSize(Limits.PAGE_RECORDS_MAX);
        assertThat(first.unknown()).isEmpty();
    }

    @Test
    void anAnswerStopsOnceItsRowsHoldAPage() {
        push(0, 20, "x".repeat(Limits.FIELD_BYTES_MAX / 2));
        assertThat(leaves(all()).records()).hasSizeBetween(4, 6);
    }

    @Test
    void aLostReviewComesBackFromADevice() {
        RecordKey review = new RecordKey(SystemCollections.REVIEWS, "r");
        TreeMap<String, Cell> cells = new TreeMap<>(Map.of("status", cell("open", 0)));
        Change offer = new Change(review, new RecordState(cells, Stamp.NONE), 0, new TreeMap<>(), 0, Change.Kind.OFFER);
        assertThat(push(List.of(offer)).results().getFirst()).isInstanceOf(ChangeResult.Accepted.class);
        Change edit = new Change(
                review,
                new RecordState(new TreeMap<>(Map.of("status", cell("decided", 1))), Stamp.NONE),
                1,
                new TreeMap<>(Map.of("status", offer.edit().stamp("status"))),
                0,
                Change.Kind.EDIT);
        assertThat(push(List.of(edit)).results().getFirst()).isInstanceOf(ChangeResult.Refused.class);
    }

    private static TreeMap<Integer, Map<RecordKey, Digest>> all() {
        TreeMap<Integer, Map<RecordKey, Digest>> all = new TreeMap<>();
        for (int leaf = 0; leaf < Buckets.COUNT; leaf++) {
            all.put(leaf, Map.of());
        }
        return all;
    }

    private ReconcileAnswer.Reply.Leaves leaves(TreeMap<Integer, Map<RecordKey, Digest>> asked) {
        ReconcileAnswer answer = server.reconcile(
                OWNER, new ReconcileRequest(SENDER, cursor, "", new ReconcileRequest.Question.Leaves(asked)));
        return (ReconcileAnswer.Reply.Leaves) answer.reply();
    }

    private void push(int from, int count, String text) {
        List<Change> changes = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            TreeMap<String, Cell> cells = new TreeMap<>(Map.of("f", cell(text + i, i)));
            changes.add(new Change(
                    new RecordKey("c", "" + i),
                    new RecordState(cells, Stamp.NONE),
                    0,
                    new TreeMap<>(),
                    0,
                    Change.Kind.EDIT));
        }
        push(changes);
    }

    private ExchangeAnswer.Applied push(List<Change> changes) {
        byte[] bytes = BatchCodec.encode(changes);
        BatchMark mark = BatchCodec.mark(last, bytes);
        ExchangeAnswer.Applied answer = exchange(Optional.of(new Batch(mark, last, bytes, changes)));
        last = mark;
        ExchangeAnswer.Applied next = answer;
        while (!next.complete()) {
            next = exchange(Optional.empty());
        }
        return answer;
    }

    private ExchangeAnswer.Applied exchange(Optional<Batch> batch) {
        ExchangeAnswer.Applied answer = (ExchangeAnswer.Applied)
                server.exchange(OWNER, new ExchangeRequest(SENDER, cursor, List.of(), last, batch, 4_000));
        cursor = answer.cursor();
        return answer;
    }

    private static Cell cell(String text, int tick) {
        return new Cell(new Value.Text(text), new Stamp(HybridTime.ofMillis(NOW) + tick, 1));
    }
}
