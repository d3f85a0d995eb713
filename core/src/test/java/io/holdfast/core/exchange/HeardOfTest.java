package io.holdfast.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.Protocol;
import io.holdfast.core.protocol.RegisterRequest;
import io.holdfast.core.protocol.SchemaRef;
import io.holdfast.core.protocol.Sender;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaHash;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a server last heard of a device that asks again and again, and has nothing to say. */
class HeardOfTest {

    private static final Schema SCHEMA = SchemaJson.read(
            "{\"name\": \"s\", \"version\": 1, \"collections\": {\"c\": {\"fields\": {\"f\": {\"type\": \"TEXT\"}}}}}");
    private static final Principal OWNER = new Principal("owner", Role.DEVICE);
    private static final Sender SENDER =
            new Sender(Protocol.VERSION, 1, "scope", "phone", 1, new SchemaRef("s", 1, SchemaHash.of(SCHEMA)));

    @Test
    void anIdleDeviceIsKnownToBeThereWithinFiveMinutesAndNotWrittenDownMoreOften() {
        Property.of("when a device was heard of")
                .tries(100)
                .forAll(Gens.ints(0, 900).list(1, 20), pauses -> {
                    SettableClock clock = SettableClock.at("2026-11-20T06:00:00Z");
                    InMemoryServerStorage storage = new InMemoryServerStorage(InMemoryServerStorage.Locking.LOCK);
                    ScopeServer server = new ScopeServer(storage, SCHEMA, WriteRules.OPEN, clock, new SeededRandom(1));
                    server.register(OWNER, new RegisterRequest(SENDER));
                    Cursor cursor = ask(server, Cursor.START);
                    cursor = ask(server, cursor);
                    int written = 0;
                    long seconds = 0;
                    for (int pause : pauses) {
                        clock.advance(Duration.ofSeconds(pause));
                        seconds += pause;
                        long before = heardOf(storage);
                        cursor = ask(server, cursor);
                        long after = heardOf(storage);
                        assertThat(clock.millis() - after).isBetween(0L, ReplicaRow.SEEN_EVERY_MILLIS - 1);
                        written += after == before ? 0 : 1;
                    }
                    assertThat(written).isLessThanOrEqualTo((int) (seconds * 1_000 / ReplicaRow.SEEN_EVERY_MILLIS));
                });
    }

    private static Cursor ask(ScopeServer server, Cursor cursor) {
        ExchangeAnswer answer = server.exchange(
                OWNER, new ExchangeRequest(SENDER, cursor, List.of(), BatchMark.NONE, Optional.empty(), 10));
        return ((ExchangeAnswer.Applied) answer).cursor();
    }

    private static long heardOf(InMemoryServerStorage storage) {
        return storage.snapshot(
                "scope", snapshot -> snapshot.replicas(1).getFirst().seenAtMillis());
    }
}
