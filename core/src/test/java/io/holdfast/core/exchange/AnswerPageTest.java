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
import io.holdfast.core.protocol.RegisterRequest;
import io.holdfast.core.protocol.RemoteRecord;
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
import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.random.SeededRandom;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Everything that changed after a cursor is told by the results of the batch, or among the changes, or in a later answer. */
class AnswerPageTest {

    private static final long NOW = Instant.parse("2026-11-20T06:00:00Z").toEpochMilli();
    private static final Schema SCHEMA = SchemaJson.read("""
            {"name": "s", "version": 1, "collections": {"c": {"fields": {"f": {"type": "TEXT", "maxLength": 1}}}}}
            """);
    private static final Principal OWNER = new Principal("owner", Role.DEVICE);

    @Test
    void aBatchThatIsAllThatHappenedIsNotReadAgain() {
        World world = new World();
        Talker talker = new Talker("a", 1);
        world.register(talker);
        for (int batch = 0; batch < 3; batch++) {
            ExchangeAnswer.Applied answer = world.exchange(
                    talker, Limits.PAGE_RECORDS_MAX, List.of(change("1", 0, batch), change("2", 0, batch)));
            assertThat(answer.complete()).isTrue();
            assertThat(answer.changes()).isEmpty();
            assertThat(answer.records()).isEqualTo(2);
            assertThat(answer.cursor().sequence()).isEqualTo(2L * (batch + 1));
        }
        assertThat(world.pagesRead).isZero();
    }

    @Test
    void whatAnotherReplicaWroteMeanwhileIsTold() {
        World world = new World();
        Talker talker = new Talker("a", 1);
        Talker other = new Talker("b", 2);
        world.register(talker);
        world.register(other);
        world.exchange(other, 10, List.of(change("3", 0, 1)));
        ExchangeAnswer.Applied answer = world.exchange(talker, 10, List.of(change("1", 0, 1)));
        assertThat(answer.changes()).extracting(RemoteRecord::key).containsExactly(new RecordKey("c", "3"));
        assertThat(world.pagesRead).isEqualTo(1);
    }

    @Test
    void noAnswerPassesAChangeOver() {
        Property.of("all changes up to the new cursor are told").tries(400).drawing(choices -> {
            World world = new World();
            List<Talker> talkers = List.of(new Talker("a", 1), new Talker("b", 2));
            talkers.forEach(world::register);
            for (int step = choices.index(12); step > 0; step--) {
                Talker talker = Gens.pick(talkers).next(choices);
                long before = talker.cursor.sequence();
                ExchangeAnswer.Applied answer = world.exchange(talker, 1 + choices.index(5), world.changes(choices));
                assertThat(told(answer))
                        .containsAll(world.sequences(before, answer.cursor().sequence()));
                assertThat(answer.complete()).isEqualTo(answer.cursor().sequence() == world.head());
            }
        });
    }

    private static TreeSet<Long> told(ExchangeAnswer.Applied answer) {
        TreeSet<Long> told = new TreeSet<>();
        answer.changes().forEach(record -> told.add(record.sequence()));
        for (ChangeResult result : answer.results()) {
            switch (result) {
                case ChangeResult.Accepted accepted -> told.add(accepted.sequence());
                case ChangeResult.Merged merged -> told.add(merged.record().sequence());
                case ChangeResult.Conflict conflict ->
                    told.add(conflict.record().sequence());
                case ChangeResult.Refused ignored -> {}
            }
        }
        return told;
    }

    /** Edits follow each other in time; one that is too long by a letter is refused. */
    private static Change change(String id, int letters, int tick) {
        Stamp stamp = new Stamp(HybridTime.ofMillis(NOW) + tick, 1);
        return new Change(
                new RecordKey("c", id),
                new RecordState(
                        new TreeMap<>(Map.of("f", new Cell(new Value.Text("x".repeat(letters)), stamp))), Stamp.NONE),
                0,
                new TreeMap<>(),
                0,
                Change.Kind.EDIT);
    }

    private static final class Talker {
        private final Sender sender;
        private Cursor cursor = Cursor.START;
        private BatchMark last = BatchMark.NONE;

        Talker(String name, long incarnation) {
            sender = new Sender(1, 1, "scope", name, incarnation, new SchemaRef("s", 1, SchemaHash.of(SCHEMA)));
        }
    }

    /** A server that counts how often records are looked for that changed after a cursor. */
    private static final class World {
        private final InMemoryServerStorage storage = new InMemoryServerStorage();
        private final ScopeServer server = new ScopeServer(
                counting(), SCHEMA, WriteRules.OPEN, () -> Instant.ofEpochMilli(NOW), new SeededRandom(1));
        private int pagesRead;
        private int tick;

        void register(Talker talker) {
            server.register(OWNER, new RegisterRequest(talker.sender));
        }

        ExchangeAnswer.Applied exchange(Talker talker, int pageMax, List<Change> changes) {
            byte[] bytes = BatchCodec.encode(changes);
            Optional<Batch> batch = changes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Batch(BatchCodec.mark(talker.last, bytes), talker.last, bytes, changes));
            ExchangeAnswer.Applied answer = (ExchangeAnswer.Applied) server.exchange(
                    OWNER, new ExchangeRequest(talker.sender, talker.cursor, List.of(), talker.last, batch, pageMax));
            talker.cursor = answer.cursor();
            talker.last = batch.map(Batch::mark).orElse(talker.last);
            return answer;
        }

        List<Change> changes(Choices choices) {
            List<Change> changes = new ArrayList<>();
            Gens.pick("1", "2", "3", "4")
                    .set(0, 4)
                    .next(choices)
                    .forEach(id -> changes.add(change(id, choices.index(3), ++tick)));
            return changes;
        }

        /** Where records stand, above one sequence and up to another. */
        List<Long> sequences(long above, long upTo) {
            return storage.snapshot("scope", snapshot -> snapshot.changesSince(above, 1_000, Long.MAX_VALUE)).stream()
                    .map(ServerRecord::sequence)
                    .filter(sequence -> sequence <= upTo)
                    .toList();
        }

        long head() {
            return storage.snapshot(
                    "scope", snapshot -> snapshot.head().orElseThrow().sequence());
        }

        @SuppressWarnings("unchecked")
        private ServerStorage counting() {
            return proxy(ServerStorage.class, storage, (name, arguments) -> {
                if (name.equals("snapshot")) {
                    Function<ScopeSnapshot, Object> body = (Function<ScopeSnapshot, Object>) arguments[1];
                    arguments[1] = (Function<ScopeSnapshot, Object>) snapshot -> body.apply(counting(snapshot));
                }
            });
        }

        private ScopeSnapshot counting(ScopeSnapshot snapshot) {
            return proxy(ScopeSnapshot.class, snapshot, (name, arguments) -> {
                if (name.equals("changesSince")) {
                    pagesRead++;
                }
            });
        }
    }

    /** Sees a call before it is made. */
    private interface Before {
        void call(String name, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, T target, Before before) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    before.call(method.getName(), arguments);
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                }));
    }
}
