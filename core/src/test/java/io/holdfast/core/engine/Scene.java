package io.holdfast.core.engine;

import io.holdfast.core.audit.Gap;
import io.holdfast.core.change.Change;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Loser;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalWriter;
import io.holdfast.core.local.Quarantine;
import io.holdfast.core.local.Refusal;
import io.holdfast.core.local.memory.InMemoryLocalStorage;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.ReconcileCodec;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.random.SeededRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One scope, a server that can be put back to a backup, and devices that speak when they are told to. Messages pass through
 * the codec; time moves with every step. Not thread-safe.
 */
final class Scene {

    private static final Schema SCHEMA = SchemaJson.read("""
            {"name": "s", "version": 1, "collections": {"c": {"fields": {
                "a": {"type": "INTEGER"}, "b": {"type": "INTEGER"}, "n": {"type": "INTEGER", "merge": "COUNTER"},
                "pin": {"type": "INTEGER", "merge": "SERVER", "sensitivity": "SECRET"}}}}}
            """);
    private static final String SCOPE = "scope";
    private static final Principal OWNER = new Principal("owner", Role.DEVICE);

    static final Schema WHOLE = SystemCollections.addTo(SCHEMA);

    private final SeededRandom random = new SeededRandom(1);
    private long now = Instant.parse("2026-11-20T06:00:00Z").toEpochMilli();
    private InMemoryServerStorage storage = new InMemoryServerStorage();
    private InMemoryServerStorage backup = new InMemoryServerStorage();
    private ScopeServer server = serve();
    private boolean refusing;
    private long ahead;
    private Set<String> poisoned = Set.of();
    private int replicas;

    private ScopeServer serve() {
        WriteRules rules = (principal, change, before, after) -> refusing && !isDeletion(change)
                ? Optional.of(new ChangeResult.Refused(ErrorCode.RULE_REFUSED, "", "Not now."))
                : Optional.empty();
        return new ScopeServer(
                storage, SCHEMA, WriteRules.OPEN.and(rules), () -> Instant.ofEpochMilli(now + ahead), random);
    }

    private static boolean isDeletion(Change change) {
        return !change.edit().deleted().isNone();
    }

    /** From now on the server refuses whatever is not a deletion, or no longer. */
    void refuse(boolean whether) {
        refusing = whether;
    }

    /** Leaves a device with so many changes that wait for a person. */
    void refuseOthers(Device device, int changes) {
        refuse(true);
        for (int i = 0; i < changes; i++) {
            device.put("other" + i, is("a", i));
        }
        device.level();
        refuse(false);
    }

    /** From now on the server fails over every batch that changes one of these records. */
    void poison(Set<String> ids) {
        poisoned = Set.copyOf(ids);
    }

    private void serve(ExchangeRequest request) {
        boolean fails = request.batch().stream()
                .flatMap(batch -> batch.changes().stream())
                .anyMatch(change -> poisoned.contains(change.key().id()));
        if (fails) {
            throw new HoldfastException(ErrorCode.INTERNAL, "The server failed.");
        }
    }

    /** From now on the server's clock is so many milliseconds ahead of the devices'. */
    void serverAhead(long millis) {
        ahead = millis;
    }

    long now() {
        return now;
    }

    void pass(long millis) {
        now += millis;
    }

    void backUp() {
        backup = storage.copy();
    }

    void restore() {
        storage = backup.copy();
        server = serve();
    }

    ScopeHead head() {
        return storage.snapshot(SCOPE, snapshot -> snapshot.head().orElseThrow());
    }

    /** What the server holds of a record; absent if it never saw it. */
    RecordState stored(String id) {
        RecordKey key = new RecordKey("c", id);
        return storage.snapshot(
                SCOPE,
                snapshot -> Optional.ofNullable(snapshot.records(List.of(key)).get(key))
                        .map(row -> row.state())
                        .orElse(RecordState.ABSENT));
    }

    /** The server's number of the record's last change. */
    long sequence(String id) {
        return row(id).sequence();
    }

    /** The digest that the server has stored of a record. */
    Digest digest(String id) {
        return row(id).digest();
    }

    /** Whether the server's row is what its digest says. */
    boolean sound(String id) {
        ServerRecord row = row(id);
        return new Digester(head().key()).digest(row.key(), row.state()).equals(row.digest());
    }

    private ServerRecord row(String id) {
        RecordKey key = new RecordKey("c", id);
        return storage.snapshot(
                SCOPE,
                snapshot ->
                        Objects.requireNonNull(snapshot.records(List.of(key)).get(key)));
    }

    /** Something changes a field of a row on the server's disk: nothing else knows. */
    void damageServer(String id, String field, long value) {
        damageServer(id, field, cell -> new Cell(new Value.Int(value), cell.stamp()));
    }

    /** As {@link #damageServer(String, String, long)}, whatever of the field it changes. */
    void damageServer(String id, String field, UnaryOperator<Cell> change) {
        RecordState right = stored(id);
        TreeMap<String, Cell> cells = new TreeMap<>(right.cells());
        cells.computeIfPresent(field, (name, cell) -> change.apply(cell));
        storage.damage(SCOPE, new RecordKey("c", id), new RecordState(cells, right.deleted()));
    }

    /** Something changes the digest of a row on the server's disk. */
    void damageServerDigest(String id) {
        storage.damage(SCOPE, new RecordKey("c", id), new Digest(1, 2, 3, id.hashCode()));
    }

    /** What the server ever found otherwise than it should be, latest first. */
    List<Gap> serverGaps() {
        return storage.snapshot(SCOPE, snapshot -> snapshot.trail().gaps(false, Long.MAX_VALUE, 100));
    }

    /** The values of a field that the server keeps in its history. */
    List<Value> lost(String id, String field) {
        return storage.snapshot(SCOPE, snapshot -> snapshot.history(new RecordKey("c", id), 100)).stream()
                .map(Loser::lost)
                .map(state -> state.value(field))
                .toList();
    }

    /** A device that nobody has written on. */
    Device device() {
        return new Device(new InMemoryLocalStorage(DeviceState.fresh(SCOPE, replicaId(), random.nextLong())));
    }

    private String replicaId() {
        replicas++;
        return "replica-" + replicas;
    }

    static Map<String, FieldEdit> is(String field, long value) {
        return Map.of(field, new FieldEdit.Assign(new Value.Int(value)));
    }

    final class Device {
        private InMemoryLocalStorage store;
        private int pageMax = 100;
        private int batchMax = 100;
        private long request;

        private Device(InMemoryLocalStorage store) {
            this.store = store;
        }

        /** The store as a file copied now would be, opened on another device. */
        Device copy() {
            return new Device(store.copy());
        }

        /** Puts the store back to a copy, and opens it. */
        void restore(Device copy) {
            store = copy.store.copy();
            open();
        }

        /** Closes and opens it: another incarnation. */
        void open() {
            long incarnation = random.nextLong();
            write(() -> store.write(transaction -> {
                transaction.device(transaction.device().reopened(incarnation));
                return true;
            }));
        }

        void pageMax(int records) {
            pageMax = records;
        }

        void batchMax(int changes) {
            batchMax = changes;
        }

        void put(String id, Map<String, FieldEdit> edits) {
            change(writer -> writer.put(new RecordKey("c", id), new TreeMap<>(edits), LocalWriter.Check.NONE));
        }

        void delete(String id) {
            change(writer -> writer.delete(new RecordKey("c", id)));
        }

        /** One transaction that writes the same to several records. */
        void putAll(Collection<String> ids, Map<String, FieldEdit> edits) {
            change(writer -> ids.forEach(
                    id -> writer.put(new RecordKey("c", id), new TreeMap<>(edits), LocalWriter.Check.NONE)));
        }

        private void change(Consumer<LocalWriter> change) {
            write(() -> store.write(transaction -> {
                LocalWriter writer = new LocalWriter(WHOLE, transaction, now);
                change.accept(writer);
                writer.finish();
                return true;
            }));
        }

        private void write(Runnable transaction) {
            now += 10;
            transaction.run();
        }

        /** Says its next message and takes the answer in. */
        Outcome say() {
            return say(new Work.Exchange());
        }

        /** Compares the actual rows of both sides; returns whether all was equal. */
        boolean challenge() {
            return compare("0f".repeat(16));
        }

        /** Compares the stored digests of both sides, and takes the server's records where they differ; whether all was equal. */
        boolean compare() {
            return compare("");
        }

        private boolean compare(String nonce) {
            SortedSet<Integer> leaves = ((Outcome.NodesCompared) say(new Work.CompareNodes(nonce))).leaves();
            if (!leaves.isEmpty()) {
                say(new Work.CompareLeaves(nonce, leaves));
            }
            return leaves.isEmpty();
        }

        private Outcome say(Work work) {
            Outgoing message = prepare(work);
            Incoming answer = answer(message);
            long offset = answer.serverMillis() - now;
            return store.write(transaction -> session().absorb(transaction, message, answer, offset, now));
        }

        /** Says its next message; the answer is lost. */
        void sayInVain() {
            answer(prepare(new Work.Exchange()));
        }

        /** Freezes its next message, which never leaves it. */
        void freeze() {
            prepare(new Work.Exchange());
        }

        /** Another program, or a bad disk, changes a field of a row: nothing else knows. */
        void damage(String id, String field, long value) {
            damage(id, field, cell -> new Cell(new Value.Int(value), cell.stamp()));
        }

        /** As {@link #damage(String, String, long)}, whatever of the field it changes. */
        void damage(String id, String field, UnaryOperator<Cell> change) {
            write(() -> store.write(transaction -> {
                LocalRecord right = transaction.record(new RecordKey("c", id));
                TreeMap<String, Cell> cells = new TreeMap<>(right.confirmed().cells());
                cells.computeIfPresent(field, (name, cell) -> change.apply(cell));
                RecordState wrong = new RecordState(cells, right.confirmed().deleted());
                transaction.save(
                        right, right.withConfirmed(wrong, right.sequence(), right.digest(), right.bucket()), wrong);
                return true;
            }));
        }

        /** What was ever found otherwise than it should be, latest first. */
        List<Gap> gaps() {
            return store.read(transaction -> transaction.trail().gaps(false, Long.MAX_VALUE, 100));
        }

        /** Why the server refused what waits for a person. */
        List<ErrorCode> refusals() {
            return store.read(transaction -> transaction.quarantined(100)).stream()
                    .flatMap(record -> record.layers().stream())
                    .flatMap(layer -> layer.refusal().stream())
                    .map(Refusal::code)
                    .toList();
        }

        /** A person retries what was refused of a record. */
        void retry(String id) {
            write(() -> store.write(transaction -> new Quarantine(WHOLE, transaction).retry(new RecordKey("c", id))));
        }

        /** A person gives up what was refused of a record. */
        void discard(String id) {
            write(() -> store.write(transaction ->
                    new Quarantine(WHOLE, transaction).discard(new RecordKey("c", id), "somebody", "why not", now)));
        }

        private Outgoing prepare(Work work) {
            now += 1_000;
            request++;
            return store.write(transaction -> session().prepare(transaction, work, request, batchMax, now));
        }

        Session session() {
            return new Session(SCHEMA, Scene.this::replicaId, pageMax);
        }

        /** What the server answers; throws INTERNAL if it fails. */
        Incoming answer(Outgoing message) {
            return switch (message) {
                case Outgoing.Register register -> new Incoming.Registered(server.register(OWNER, register.message()));
                case Outgoing.Exchange exchange -> {
                    ExchangeRequest request =
                            ExchangeCodec.readExchangeRequest(ExchangeCodec.write(exchange.message()));
                    serve(request);
                    yield new Incoming.Exchanged(
                            ExchangeCodec.readExchangeAnswer(ExchangeCodec.write(server.exchange(OWNER, request))));
                }
                case Outgoing.Reconcile reconcile ->
                    new Incoming.Reconciled(ReconcileCodec.readReconcileAnswer(ReconcileCodec.write(server.reconcile(
                            OWNER, ReconcileCodec.readReconcileRequest(ReconcileCodec.write(reconcile.message()))))));
            };
        }

        /** Exchanges until nothing is pending and nothing is left behind the cursor; returns whether all was equal. */
        boolean level() {
            while (true) {
                if (say() instanceof Outcome.Applied applied
                        && applied.absorbed().complete()
                        && !applied.absorbed().pendingLeft()) {
                    return applied.absorbed().equal();
                }
            }
        }

        LocalRecord record(String id) {
            return store.read(transaction -> transaction.record(new RecordKey("c", id)));
        }

        Value value(String id, String field) {
            return store.visible(new RecordKey("c", id)).value(field);
        }

        /** What the device's history has kept of a field. */
        List<Value> remembered(String id, String field) {
            return store.read(transaction -> transaction.history(Long.MAX_VALUE, 100)).stream()
                    .filter(entry -> entry.key().id().equals(id))
                    .map(entry -> entry.lost().value(field))
                    .toList();
        }

        InMemoryLocalStorage store() {
            return store;
        }
    }
}
