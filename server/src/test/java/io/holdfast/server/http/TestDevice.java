package io.holdfast.server.http;

import io.holdfast.core.change.Change;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.protocol.Batch;
import io.holdfast.core.protocol.BatchCodec;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.Protocol;
import io.holdfast.core.protocol.ReconcileCodec;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.protocol.RegisterRequest;
import io.holdfast.core.protocol.SchemaRef;
import io.holdfast.core.protocol.Sender;
import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaHash;
import io.holdfast.core.stamp.HybridTime;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A replica that only knows how to push new records and to ask what has changed. Not thread-safe. */
final class TestDevice {

    private static final long TIME = HybridTime.ofMillis(1_700_000_000_000L);

    private final String scope;
    private final String replica;
    private final Schema schema;
    private final List<Change> waiting = new ArrayList<>();
    private BatchMark last = BatchMark.NONE;
    private long request;
    private long stamps;
    private Cursor cursor = Cursor.START;

    TestDevice(String scope, String replica, Schema schema) {
        this.scope = scope;
        this.replica = replica;
        this.schema = schema;
    }

    TestDevice(String replica) {
        this(TestServer.SCOPE, replica, TestServer.SCHEMA);
    }

    private Sender sender() {
        SchemaRef ref = new SchemaRef(schema.name(), schema.version(), SchemaHash.of(schema));
        return new Sender(Protocol.VERSION, ++request, scope, replica, replica.hashCode(), ref);
    }

    byte[] register() {
        return ExchangeCodec.write(new RegisterRequest(sender()));
    }

    /** Adds a change to the next batch. */
    TestDevice put(String id, Map<String, Value> values) {
        TreeMap<String, Cell> cells = new TreeMap<>();
        Stamp stamp = new Stamp(TIME + ++stamps, replica.hashCode());
        values.forEach((name, value) -> cells.put(name, new Cell(value, stamp)));
        RecordState edit = new RecordState(cells, Stamp.NONE);
        waiting.add(new Change(new RecordKey("entries", id), edit, 0, new TreeMap<>(), 0, Change.Kind.EDIT));
        return this;
    }

    TestDevice put(String id, String account) {
        return put(id, Map.of("account", new Value.Text(account)));
    }

    /** The request that pushes what waits, if anything does. */
    byte[] exchange() {
        Optional<Batch> batch = Optional.empty();
        BatchMark settled = last;
        if (!waiting.isEmpty()) {
            byte[] bytes = BatchCodec.encode(waiting);
            BatchMark mark = BatchCodec.mark(last, bytes);
            batch = Optional.of(new Batch(mark, last, bytes, List.of()));
            last = mark;
            waiting.clear();
        }
        return ExchangeCodec.write(new ExchangeRequest(sender(), cursor, List.of(), settled, batch, 1_000));
    }

    /** The first question of a comparison, by a replica that holds nothing. */
    byte[] reconcile() {
        List<DigestSum> sums = Collections.nCopies(Buckets.FAN_OUT, DigestSum.ZERO);
        return ReconcileCodec.write(
                new ReconcileRequest(sender(), cursor, "", new ReconcileRequest.Question.Nodes(sums)));
    }

    ExchangeAnswer.Applied applied(String body) {
        ExchangeAnswer answer = ExchangeCodec.readExchangeAnswer(body.getBytes(StandardCharsets.UTF_8));
        if (answer instanceof ExchangeAnswer.Applied applied) {
            cursor = applied.cursor();
            return applied;
        }
        throw new AssertionError("not applied: " + answer);
    }
}
