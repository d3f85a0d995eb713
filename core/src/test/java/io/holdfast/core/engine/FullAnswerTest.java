package io.holdfast.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.Limits;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.LocalWriter;
import io.holdfast.core.local.Proof;
import io.holdfast.core.local.memory.InMemoryLocalStorage;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.random.SeededRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Two devices change the same large records, so that the second is owed more than an answer holds. */
class FullAnswerTest {

    private static final int RECORDS = 600;
    private static final Schema SCHEMA = SchemaJson.read("""
            {"name": "s", "version": 1, "collections": {"c": {"fields": {
                "text": {"type": "TEXT"}, "n": {"type": "INTEGER"}, "m": {"type": "INTEGER"}}}}}
            """);

    private long now = Instant.parse("2026-11-20T06:00:00Z").toEpochMilli();
    private final ScopeServer server = new ScopeServer(
            new InMemoryServerStorage(), SCHEMA, WriteRules.OPEN, () -> Instant.ofEpochMilli(now), new SeededRandom(1));
    private final Device phone = new Device("phone", 1);
    private final Device laptop = new Device("laptop", 2);
    private int largest;

    @Test
    void resultsThatDoNotFitComeWithTheChanges() {
        phone.writeAll("text", new Value.Text("x".repeat(30_000)));
        phone.level();
        laptop.level();
        phone.writeAll("n", new Value.Int(1));
        phone.level();
        laptop.writeAll("m", new Value.Int(2));
        laptop.level();
        phone.level();
        assertThat(largest).isLessThan(Limits.BODY_BYTES_MAX);
        for (Device device : new Device[] {phone, laptop}) {
            assertThat(device.l0().equal()).isTrue();
            assertThat(device.storage.visible(key(RECORDS - 1)).value("n")).isEqualTo(new Value.Int(1));
            assertThat(device.storage.visible(key(RECORDS - 1)).value("m")).isEqualTo(new Value.Int(2));
        }
        assertThat(laptop.storage.read(transaction -> transaction.account()).in(ChangeState.ACCEPTED))
                .isEqualTo(RECORDS);
    }

    private static RecordKey key(int i) {
        return new RecordKey("c", "" + i);
    }

    private final class Device {
        private final InMemoryLocalStorage storage;
        private final Session session = new Session(SCHEMA, () -> "never", Limits.PAGE_RECORDS_MAX);
        private long request;

        Device(String name, long incarnation) {
            storage = new InMemoryLocalStorage(DeviceState.fresh("scope", name, incarnation));
        }

        void writeAll(String field, Value value) {
            now++;
            for (int i = 0; i < RECORDS; i++) {
                RecordKey key = key(i);
                storage.write(transaction -> new LocalWriter(SystemCollections.addTo(SCHEMA), transaction, now)
                        .put(key, Map.of(field, new FieldEdit.Assign(value)), LocalWriter.Check.NONE));
            }
        }

        void level() {
            boolean level = false;
            while (!level) {
                level = say() instanceof Outcome.Applied applied
                        && applied.absorbed().complete()
                        && !applied.absorbed().pendingLeft();
            }
        }

        private Outcome say() {
            now++;
            request++;
            Outgoing message = storage.write(transaction ->
                    session.prepare(transaction, new Work.Exchange(), request, Limits.TRANSACTION_CHANGES_MAX, now));
            return storage.write(transaction -> session.absorb(transaction, message, answer(message), 0, now));
        }

        private Incoming answer(Outgoing message) {
            Principal owner = new Principal("owner", Role.DEVICE);
            return switch (message) {
                case Outgoing.Register register -> new Incoming.Registered(server.register(owner, register.message()));
                case Outgoing.Exchange exchange -> {
                    byte[] answer = ExchangeCodec.write(server.exchange(
                            owner, ExchangeCodec.readExchangeRequest(ExchangeCodec.write(exchange.message()))));
                    largest = Math.max(largest, answer.length);
                    yield new Incoming.Exchanged(ExchangeCodec.readExchangeAnswer(answer));
                }
                case Outgoing.Reconcile ignored -> throw new IllegalStateException("nothing differs");
            };
        }

        Proof l0() {
            return storage.read(transaction ->
                    Objects.requireNonNull(transaction.device().proofs().get(Proof.Level.L0)));
        }
    }
}
