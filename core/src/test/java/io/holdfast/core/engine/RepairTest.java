package io.holdfast.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Limits;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalWriter;
import io.holdfast.core.local.Proof;
import io.holdfast.core.local.memory.InMemoryLocalStorage;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ReconcileCodec;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.random.SeededRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An engine, a session and a server in one thread, and a store that something happens to. */
class RepairTest {

    private static final Schema SCHEMA = SchemaJson.read("""
            {"name": "s", "version": 1, "collections": {"c": {"fields": {"n": {"type": "INTEGER"}}}}}
            """);
    private static final Principal OWNER = new Principal("owner", Role.DEVICE);

    private long now = Instant.parse("2026-11-20T06:00:00Z").toEpochMilli();
    private final ScopeServer server = new ScopeServer(
            new InMemoryServerStorage(), SCHEMA, WriteRules.OPEN, () -> Instant.ofEpochMilli(now), new SeededRandom(1));
    private final InMemoryLocalStorage storage = new InMemoryLocalStorage(DeviceState.fresh("scope", "device", 1));
    private final Session session = new Session(SCHEMA, () -> "never", Limits.PAGE_RECORDS_MAX);
    private final Engine engine = new Engine(RetryPolicy.defaults(), new SeededRandom(2));
    private int messages;
    private int largest;
    private int listed;

    @Test
    void aLossBeyondManyAnswersIsRepairedWithoutAWait() {
        int records = 4 * Limits.PAGE_RECORDS_MAX + 500;
        write(records);
        exchange();
        loseEverything();
        exchange();
        assertThat(storage.visibleKeys()).hasSize(records);
        assertThat(proof().equal()).isTrue();
        assertThat(largest).isLessThan(Limits.BODY_BYTES_MAX);
    }

    @Test
    void aDifferenceBeyondOneQuestionIsRepairedWithoutAWait() {
        int records = Limits.QUESTION_RECORDS_MAX + 500;
        write(records);
        exchange();
        spoilDigests();
        exchange();
        assertThat(proof().equal()).isTrue();
        assertThat(proof().records()).isEqualTo(records);
        assertThat(listed).isPositive().isLessThanOrEqualTo(Limits.QUESTION_RECORDS_MAX);
    }

    @Test
    void aRootThatPartedFromItsRecordsIsMended() {
        write(3);
        exchange();
        unsettleRoot();
        exchange();
        messages = 0;
        exchange();
        assertThat(messages).isEqualTo(1);
        assertThat(proof().equal()).isTrue();
    }

    private void write(int records) {
        for (int i = 0; i < records; i++) {
            RecordKey key = new RecordKey("c", "" + i);
            storage.write(transaction -> new LocalWriter(SystemCollections.addTo(SCHEMA), transaction, now)
                    .put(key, Map.of("n", new FieldEdit.Assign(new Value.Int(1))), LocalWriter.Check.NONE));
        }
    }

    /** As another program could: every row is gone, and the root is not what it was. */
    private void loseEverything() {
        for (LocalRecord record : storage.records()) {
            storage.write(transaction -> {
                transaction.save(record, LocalRecord.absent(record.key()), RecordState.ABSENT);
                return 0;
            });
        }
        unsettleRoot();
    }

    /** Every record's digest is another than the server's. */
    private void spoilDigests() {
        for (LocalRecord record : storage.records()) {
            storage.write(transaction -> {
                Digest other = new Digest(1, 2, 3, record.sequence());
                transaction.save(
                        record, record.withConfirmed(record.confirmed(), record.sequence(), other, record.bucket()));
                return 0;
            });
        }
        unsettleRoot();
    }

    private void unsettleRoot() {
        storage.write(transaction -> {
            transaction.root(DigestSum.ZERO);
            return 0;
        });
    }

    private Proof proof() {
        return storage.read(transaction ->
                Objects.requireNonNull(transaction.device().proofs().get(Proof.Level.L0)));
    }

    /** Lets the engine go until it rests. */
    private void exchange() {
        now += 1_000;
        Deque<Effect> effects = new ArrayDeque<>(engine.on(new Event.Wanted(now, Event.Reason.PERSON)));
        while (!effects.isEmpty()) {
            now++;
            switch (effects.remove()) {
                case Effect.Prepare prepare -> {
                    Outgoing message = storage.write(transaction ->
                            session.prepare(transaction, prepare.work(), prepare.request(), prepare.changesMax(), now));
                    effects.addAll(engine.on(new Event.Prepared(now, message)));
                }
                case Effect.Send send -> effects.addAll(engine.on(new Event.Answered(now, answer(send.message()))));
                case Effect.Absorb absorb -> {
                    Outcome outcome = storage.write(
                            transaction -> session.absorb(transaction, absorb.sent(), absorb.answer(), 0, now));
                    effects.addAll(
                            engine.on(new Event.Absorbed(now, absorb.sent().request(), outcome)));
                }
                case Effect.WakeAt ignored -> {}
                case Effect.FreezeAhead ignored -> {}
                case Effect.Split ignored -> throw new IllegalStateException("nothing is refused");
                case Effect.Quarantine ignored -> throw new IllegalStateException("nothing is refused");
            }
        }
        assertThat(engine.status().phase()).isEqualTo(Phase.LEVEL);
    }

    private Incoming answer(Outgoing message) {
        messages++;
        return switch (message) {
            case Outgoing.Register register -> new Incoming.Registered(server.register(OWNER, register.message()));
            case Outgoing.Exchange exchange -> {
                byte[] question = weighed(ExchangeCodec.write(exchange.message()));
                yield new Incoming.Exchanged(ExchangeCodec.readExchangeAnswer(weighed(
                        ExchangeCodec.write(server.exchange(OWNER, ExchangeCodec.readExchangeRequest(question))))));
            }
            case Outgoing.Reconcile reconcile -> {
                if (reconcile.message().question() instanceof ReconcileRequest.Question.Leaves leaves) {
                    listed = Math.max(
                            listed,
                            leaves.leaves().values().stream()
                                    .mapToInt(Map::size)
                                    .sum());
                }
                byte[] question = weighed(ReconcileCodec.write(reconcile.message()));
                yield new Incoming.Reconciled(ReconcileCodec.readReconcileAnswer(weighed(
                        ReconcileCodec.write(server.reconcile(OWNER, ReconcileCodec.readReconcileRequest(question))))));
            }
        };
    }

    private byte[] weighed(byte[] body) {
        largest = Math.max(largest, body.length);
        return body;
    }
}
