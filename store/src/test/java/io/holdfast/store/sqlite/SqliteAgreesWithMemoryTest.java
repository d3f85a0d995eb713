package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.local.Freezer;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalStorage;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.LocalWriter;
import io.holdfast.core.local.Quarantine;
import io.holdfast.core.local.Refusal;
import io.holdfast.core.local.memory.InMemoryLocalStorage;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.stateful.StateMachine;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does the same to a store on SQLite and to one in memory, through the rules of core, and compares all they hold after each
 * step, reopening the file now and then. It does not look at columns: the table's rows are compared in values only.
 */
class SqliteAgreesWithMemoryTest {

    private static final Schema SCHEMA = SystemCollections.addTo(Samples.SCHEMA);

    private static final Gen<RecordKey> KEYS = Gens.pick("a", "b", "c", "d").map(Samples::note);

    private static final Gen<Map<String, FieldEdit>> EDITS = Gens.<Map<String, FieldEdit>>oneOf(
            Gens.pick("x", "y", "z").map(text -> Map.of("title", new FieldEdit.Assign(new Value.Text(text)))),
            Gens.pick("p q", "r").map(text -> Map.of("body", new FieldEdit.Assign(new Value.Text(text)))),
            Gens.pick("0.01", "9.99")
                    .map(number -> Map.of("price", new FieldEdit.Assign(new Value.Decimal(new BigDecimal(number))))),
            Gens.constant(Map.of("title", new FieldEdit.Assign(Value.NULL))),
            Gens.longs(-2, 2).map(units -> Map.of("views", new FieldEdit.Add(units))),
            Gens.pick("t", "u").map(tag -> Map.of("tags", new FieldEdit.Amend(Set.of(tag), Set.of()))),
            Gens.pick("t", "u").map(tag -> Map.of("tags", new FieldEdit.Amend(Set.of(), Set.of(tag)))));

    @TempDir
    Path folder;

    private final List<World> worlds = new ArrayList<>();

    @AfterEach
    void close() {
        worlds.forEach(world -> world.sqlite.close());
    }

    /** Both stores. */
    private static final class World {
        private final Path file;
        private final InMemoryLocalStorage memory = new InMemoryLocalStorage(Samples.DEVICE);
        private SqliteLocalStorage sqlite;
        private long now = 1_000;
        private long sequence;

        World(Path file) {
            this.file = file;
            sqlite = SqliteLocalStorageTest.open(file);
        }

        void reopen() {
            sqlite.close();
            sqlite = SqliteLocalStorageTest.open(file);
        }

        void both(Consumer<LocalTransaction> step) {
            now += 10;
            for (LocalStorage storage : List.of(memory, sqlite)) {
                storage.write(transaction -> {
                    step.accept(transaction);
                    return 0;
                });
            }
        }

        void put(Map<RecordKey, Map<String, FieldEdit>> puts) {
            both(transaction -> {
                LocalWriter writer = new LocalWriter(SCHEMA, transaction, now);
                puts.forEach((key, edits) -> writer.put(key, edits, LocalWriter.Check.NONE));
                writer.finish();
            });
        }

        void delete(RecordKey key) {
            both(transaction -> {
                LocalWriter writer = new LocalWriter(SCHEMA, transaction, now);
                writer.delete(key);
                writer.finish();
            });
        }

        void freeze(int most) {
            both(transaction -> new Freezer(SCHEMA, transaction).freeze(most, now));
        }

        /** The server takes what is in the first batch: each change is confirmed as it stands. */
        void accept() {
            sequence += 10;
            both(transaction -> transaction.firstFrozen().ifPresent(batch -> {
                long at = sequence;
                for (LocalRecord record : transaction.inBatch(batch.mark().number())) {
                    Layer sent = record.layer(Layer.State.IN_FLIGHT).orElseThrow();
                    List<Layer> rest = new ArrayList<>(record.layers());
                    rest.remove(sent);
                    LocalRecord settled = Samples.confirmed(
                                    record.key(),
                                    io.holdfast.core.local.RecordView.applied(
                                            SCHEMA.collection("notes").orElseThrow(), record.confirmed(), sent.edit()),
                                    ++at)
                            .withLayers(rest);
                    Samples.save(transaction, settled);
                }
                transaction.unfreeze(batch.mark().number());
            }));
        }

        /** The server refuses what is in the first batch, as far as nothing was edited since. */
        void refuse() {
            both(transaction -> transaction.firstFrozen().ifPresent(batch -> {
                for (LocalRecord record : transaction.inBatch(batch.mark().number())) {
                    List<Layer> layers = new ArrayList<>(record.layers());
                    Layer sent = layers.removeFirst();
                    if (layers.isEmpty()) {
                        layers.add(new Layer(
                                Layer.State.QUARANTINED,
                                0,
                                sent.order(),
                                sent.group(),
                                sent.edit(),
                                sent.base(),
                                sent.seen(),
                                sent.edits(),
                                sent.kind(),
                                Optional.of(new Refusal(ErrorCode.RULE_REFUSED, "title", "No.", now))));
                    }
                    Samples.save(transaction, record.withLayers(layers));
                }
                transaction.unfreeze(batch.mark().number());
            }));
        }

        void retry(RecordKey key) {
            both(transaction -> {
                if (transaction.record(key).layer(Layer.State.QUARANTINED).isPresent()) {
                    new Quarantine(SCHEMA, transaction).retry(key);
                }
            });
        }

        void agree() {
            assertThat(everything(sqlite)).isEqualTo(everything(memory));
            for (RecordKey key : memory.visibleKeys()) {
                var seen = memory.visible(key);
                var row = sqlite.find(key).orElseThrow();
                for (String name : List.of("title", "body", "price")) {
                    assertThat(row.value(name)).as(key + " " + name).isEqualTo(seen.value(name));
                }
            }
            long rows = sqlite.read(
                    transaction -> sqlite.count(transaction, "notes", io.holdfast.store.query.Condition.always()));
            assertThat(rows).isEqualTo(memory.visibleKeys().size());
        }

        private static List<Object> everything(LocalStorage storage) {
            return storage.read(transaction -> List.of(
                    transaction.scan(Optional.empty(), 100),
                    transaction.changed(Optional.empty(), 100),
                    transaction.pending(100),
                    transaction.quarantined(100),
                    transaction.confirmedAbove(0, 100),
                    transaction.account(),
                    transaction.lastTime(),
                    transaction.firstFrozen(),
                    transaction.frozenCount(),
                    transaction.history(Long.MAX_VALUE, 100)));
        }
    }

    @Test
    void bothStoresHoldTheSameWhateverHappens() throws IOException {
        StateMachine.of(() -> {
                    World world = new World(folder.resolve("w" + worlds.size()));
                    worlds.add(world);
                    return world;
                })
                .action("put", Gens.tuple(KEYS, EDITS), (world, put) -> world.put(Map.of(put.first(), put.second())))
                .weight(4)
                .action(
                        "put two",
                        Gens.tuple(KEYS, EDITS, KEYS, EDITS),
                        (world, puts) -> world.put(
                                puts.first().equals(puts.third())
                                        ? Map.of(puts.first(), puts.second())
                                        : new java.util.TreeMap<>(
                                                Map.of(puts.first(), puts.second(), puts.third(), puts.fourth()))))
                .weight(2)
                .action("delete", KEYS, World::delete)
                .action("freeze", Gens.ints(1, 4), World::freeze)
                .weight(2)
                .action("accept", World::accept)
                .weight(2)
                .action("refuse", World::refuse)
                .action("retry", KEYS, World::retry)
                .action("reopen", World::reopen)
                .invariant("both stores agree", World::agree)
                .check(Property.of("SQLite and memory agree").tries(25));
        try (var files = Files.list(folder)) {
            assertThat(files).isNotEmpty();
        }
    }
}
