package io.holdfast.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.change.Change;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.protocol.Batch;
import io.holdfast.core.protocol.BatchCodec;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.Protocol;
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
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.stamp.HybridTime;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.SetValue;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.random.SeededRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A message that arrives again at once is answered as the first time; whenever it arrives again, it has no second effect.
 */
class RepeatedMessagesTest {

    private static final long NOW = Instant.parse("2026-11-20T06:00:00Z").toEpochMilli();
    private static final Schema SCHEMA = SchemaJson.read("""
            {"name": "s", "version": 1, "collections": {"c": {"fields": {
                "last": {"type": "TEXT"}, "count": {"type": "INTEGER", "merge": "COUNTER"},
                "tags": {"type": "TEXT", "merge": "UNION"}, "server": {"type": "TEXT", "merge": "SERVER"},
                "review": {"type": "TEXT", "merge": "REVIEW", "maxLength": 1}}}}}
            """);
    private static final Principal OWNER = new Principal("owner", Role.DEVICE);

    /** A replica that says what it likes, in the right order of batches. */
    private static final class Talker {
        private final Sender sender;
        private Cursor cursor = Cursor.START;
        private BatchMark last = BatchMark.NONE;

        Talker(String name, long incarnation) {
            sender = new Sender(
                    Protocol.VERSION,
                    incarnation,
                    "scope",
                    name,
                    incarnation,
                    new SchemaRef("s", 1, SchemaHash.of(SCHEMA)));
        }
    }

    private static final class World {
        private final InMemoryServerStorage storage;
        private final ScopeServer server;
        private final List<Talker> talkers = List.of(new Talker("a", 1), new Talker("b", 2));
        private final List<Supplier<Object>> said = new ArrayList<>();
        private long tick;

        World(InMemoryServerStorage.Locking locking) {
            storage = new InMemoryServerStorage(locking);
            server = new ScopeServer(
                    storage, SCHEMA, WriteRules.OPEN, () -> Instant.ofEpochMilli(NOW), new SeededRandom(1));
            talkers.forEach(this::register);
        }

        private void register(Talker talker) {
            twice(() -> server.register(OWNER, new RegisterRequest(talker.sender)));
        }

        /** Says something, and the same again: the answer and the scope must be the same. */
        private <T> T twice(Supplier<T> message) {
            T first = message.get();
            Map<String, Object> after = scope();
            assertThat(message.get()).isEqualTo(first);
            assertThat(scope()).isEqualTo(after);
            said.add(message::get);
            return first;
        }

        void exchange(Choices choices) {
            Talker talker = Gens.pick(talkers).next(choices);
            List<Change> changes = Gens.booleans().next(choices) ? changes(talker, choices) : List.of();
            Optional<Batch> batch = changes.isEmpty() ? Optional.empty() : Optional.of(batch(talker, changes));
            ExchangeRequest request = new ExchangeRequest(
                    talker.sender, talker.cursor, List.of(), talker.last, batch, 1 + choices.index(3));
            ExchangeAnswer answer = twice(() -> server.exchange(OWNER, request));
            if (answer instanceof ExchangeAnswer.Applied applied) {
                assertThat(applied.results()).hasSameSizeAs(changes);
                talker.cursor = applied.cursor();
                talker.last = batch.map(Batch::mark).orElse(talker.last);
            }
        }

        private static Batch batch(Talker talker, List<Change> changes) {
            byte[] bytes = BatchCodec.encode(changes);
            return new Batch(BatchCodec.mark(talker.last, bytes), talker.last, bytes, changes);
        }

        void compare(Choices choices) {
            Talker talker = Gens.pick(talkers).next(choices);
            String nonce = Gens.pick("", "00112233445566778899aabbccddeeff").next(choices);
            ReconcileRequest.Question nodes =
                    new ReconcileRequest.Question.Nodes(Collections.nCopies(Buckets.FAN_OUT, DigestSum.ZERO));
            ReconcileRequest request = new ReconcileRequest(talker.sender, talker.cursor, nonce, nodes);
            twice(() -> server.reconcile(OWNER, request));
        }

        /** An old message comes once more, long after its answer. */
        void again(Choices choices) {
            Map<String, Object> before = scope();
            assertThat(Gens.pick(said).next(choices).get()).isNotNull();
            assertThat(scope()).isEqualTo(before);
        }

        private List<Change> changes(Talker talker, Choices choices) {
            List<Change> changes = new ArrayList<>();
            long group = choices.index(3);
            Gens.pick("1", "2", "3").set(1, 3).next(choices).forEach(id -> {
                RecordKey key = new RecordKey("c", id);
                RecordState edit = edit(talker, choices);
                long base = storage.snapshot(
                        "scope",
                        snapshot -> snapshot.records(List.of(key)).values().stream()
                                .mapToLong(ServerRecord::sequence)
                                .sum());
                changes.add(new Change(
                        key,
                        edit,
                        choices.index(2) == 0 ? base : 0,
                        new TreeMap<>(),
                        group,
                        choices.index(5) == 0 ? Change.Kind.OFFER : Change.Kind.EDIT));
            });
            return changes;
        }

        private RecordState edit(Talker talker, Choices choices) {
            tick++;
            Stamp stamp = new Stamp(HybridTime.ofMillis(NOW) + tick, talker.sender.incarnation());
            if (choices.index(6) == 0) {
                return new RecordState(new TreeMap<>(), stamp);
            }
            TreeMap<String, Cell> cells = new TreeMap<>();
            Gen<String> fields = Gens.pick("last", "count", "tags", "server", "review");
            fields.set(1, 3)
                    .next(choices)
                    .forEach(field -> cells.put(field, new Cell(value(field, stamp, choices), stamp)));
            return new RecordState(cells, Stamp.NONE);
        }

        private Value value(String field, Stamp stamp, Choices choices) {
            return switch (field) {
                case "count" -> CounterValue.zero(0).add(stamp.incarnation(), tick);
                case "tags" -> SetValue.EMPTY.add(Gens.pick("x", "y").next(choices), stamp.incarnation(), stamp.time());
                // Of a review two letters are one too many: some changes are refused.
                default -> new Value.Text(Gens.pick("a", "b", "cc").next(choices));
            };
        }

        /** All that the scope holds, except when and where each replica was last heard of. */
        private Map<String, Object> scope() {
            return storage.snapshot("scope", snapshot -> {
                Map<String, Object> scope = new HashMap<>();
                scope.put("head", snapshot.head());
                scope.put("records", snapshot.changesSince(0, 1_000, Long.MAX_VALUE));
                scope.put("history", snapshot.history(10_000));
                snapshot.replicas(10)
                        .forEach(row ->
                                scope.put(row.replica(), List.of(row.last(), row.results(), row.incarnations())));
                return scope;
            });
        }
    }

    @ParameterizedTest
    @EnumSource(InMemoryServerStorage.Locking.class)
    void noMessageHasASecondEffect(InMemoryServerStorage.Locking locking) {
        Property.of("repeated messages change nothing").tries(300).drawing(choices -> {
            World world = new World(locking);
            int steps = choices.index(25);
            for (int i = 0; i < steps; i++) {
                switch (choices.index(5)) {
                    case 0 -> world.compare(choices);
                    case 1 -> world.again(choices);
                    default -> world.exchange(choices);
                }
            }
        });
    }
}
