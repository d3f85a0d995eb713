package io.holdfast.core.protocol.transcript;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.engine.Incoming;
import io.holdfast.core.engine.Outcome;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.engine.Session;
import io.holdfast.core.engine.Work;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.LocalWriter;
import io.holdfast.core.local.RecordView;
import io.holdfast.core.local.memory.InMemoryLocalStorage;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ReconcileCodec;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SystemCollections;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A real device in memory that says one message at a time. */
final class ScriptedDevice {

    private final Schema schema;
    private final String name;
    private final Conversation conversation;
    private final InMemoryLocalStorage storage;
    private int pageMax = 4_000;
    private long request;
    private int forks;
    private long aheadMillis;

    ScriptedDevice(Schema schema, String name, long incarnation, Conversation conversation) {
        this(
                schema,
                name,
                conversation,
                new InMemoryLocalStorage(DeviceState.fresh(Conversation.SCOPE, name, incarnation)));
    }

    private ScriptedDevice(Schema schema, String name, Conversation conversation, InMemoryLocalStorage storage) {
        this.schema = SystemCollections.addTo(schema);
        this.name = name;
        this.conversation = conversation;
        this.storage = storage;
    }

    /** Its clock runs ahead from now on, and it does not know. */
    void clockAhead(long millis) {
        aheadMillis = millis;
    }

    /** A copy of the store as it is now, under another incarnation. */
    ScriptedDevice copy(String copyName, long incarnation) {
        ScriptedDevice copy = new ScriptedDevice(conversation.schema(), copyName, conversation, storage.copy());
        copy.storage.write(transaction -> {
            DeviceState.Identity old = transaction.device().identity();
            transaction.device(transaction
                    .device()
                    .with(new DeviceState.Identity(old.scope(), old.replica(), incarnation, old.scopeKey(), true)));
            return copy;
        });
        return copy;
    }

    void page(int recordsMax) {
        pageMax = recordsMax;
    }

    /** One local transaction. */
    void write(Consumer<LocalWriter> body) {
        long now = conversation.tick(10) + aheadMillis;
        storage.write(transaction -> {
            LocalWriter writer = new LocalWriter(schema, transaction, now);
            body.accept(writer);
            writer.finish();
            return writer;
        });
    }

    void put(String id, Map<String, FieldEdit> edits) {
        write(writer -> writer.put(Conversation.key(id), edits, LocalWriter.Check.NONE));
    }

    void delete(String id) {
        write(writer -> writer.delete(Conversation.key(id)));
    }

    /** Says the next message and takes the answer in. */
    Outcome say(String title, Work work) {
        long now = conversation.tick(1_000);
        Outgoing message = prepared(work, now + aheadMillis);
        Incoming answer = answer(message, conversation.call(title, path(message), body(message)));
        return storage.write(transaction -> session().absorb(transaction, message, answer, 0, now));
    }

    /** Says the next message; the answer is lost. */
    void sayInVain(String title) {
        Outgoing message = prepared(new Work.Exchange(), conversation.tick(1_000));
        conversation.call(title, path(message), body(message));
    }

    /** Exchanges until both sides are level. */
    void level(String title) {
        boolean level = false;
        while (!level) {
            level = say(title, new Work.Exchange()) instanceof Outcome.Applied applied
                    && applied.absorbed().complete()
                    && !applied.absorbed().pendingLeft();
        }
    }

    /** Changes a confirmed row behind the store's back; its digest stays. */
    void damage(String id, UnaryOperator<RecordState> how) {
        storage.write(transaction -> {
            LocalRecord record = transaction.record(Conversation.key(id));
            LocalRecord after = record.withConfirmed(
                    how.apply(record.confirmed()), record.sequence(), record.digest(), record.bucket());
            return save(transaction, record, after);
        });
    }

    /** Loses a confirmed record, and everything that would remember it. */
    void lose(String id) {
        storage.write(transaction -> {
            LocalRecord record = transaction.record(Conversation.key(id));
            transaction.root(transaction.root().minus(record.digest()));
            return save(transaction, record, LocalRecord.absent(record.key()));
        });
    }

    private LocalRecord save(LocalTransaction transaction, LocalRecord before, LocalRecord after) {
        RecordKey key = before.key();
        RecordState visible = RecordView.visible(schema.collectionOrUnknown(key.collection()), after, 0);
        transaction.save(before, after, visible);
        return after;
    }

    private Session session() {
        return new Session(conversation.schema(), () -> name + "-" + ++forks, pageMax);
    }

    private Outgoing prepared(Work work, long now) {
        request++;
        return storage.write(transaction -> session().prepare(transaction, work, request, 100, now));
    }

    private static String path(Outgoing message) {
        return switch (message) {
            case Outgoing.Register ignored -> "/v1/replicas";
            case Outgoing.Exchange ignored -> "/v1/exchange";
            case Outgoing.Reconcile ignored -> "/v1/reconcile";
        };
    }

    private static String body(Outgoing message) {
        byte[] body = switch (message) {
            case Outgoing.Register register -> ExchangeCodec.write(register.message());
            case Outgoing.Exchange exchange -> ExchangeCodec.write(exchange.message());
            case Outgoing.Reconcile reconcile -> ReconcileCodec.write(reconcile.message());
        };
        return new String(body, StandardCharsets.UTF_8);
    }

    private static Incoming answer(Outgoing message, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return switch (message) {
            case Outgoing.Register ignored -> new Incoming.Registered(ExchangeCodec.readRegisterAnswer(bytes));
            case Outgoing.Exchange ignored -> new Incoming.Exchanged(ExchangeCodec.readExchangeAnswer(bytes));
            case Outgoing.Reconcile ignored -> new Incoming.Reconciled(ReconcileCodec.readReconcileAnswer(bytes));
        };
    }
}
