package io.holdfast.client;

import io.holdfast.client.transport.Reply;
import io.holdfast.client.transport.Traffic;
import io.holdfast.client.transport.Transport;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.engine.Engine;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Incoming;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.engine.RetryPolicy;
import io.holdfast.core.engine.Session;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.LocalStorage;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.LocalWriter;
import io.holdfast.core.local.memory.InMemoryLocalStorage;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.random.SeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One driver and one server in memory, on one simulated timeline. */
final class World {

    static final Duration LATENCY = Duration.ofMillis(10);

    /** What the network does instead of carrying a message; null where it carries it. */
    interface Weather extends Function<Outgoing, World.Fate> {}

    /** What becomes of a message. */
    sealed interface Fate {
        /** It is answered. */
        record Carried() implements Fate {}

        /** The server gets it; its answer never comes. */
        record Unanswered() implements Fate {}

        /** It fails so. */
        record Fails(Failure failure) implements Fate {}

        /** The transport breaks down. */
        record Breaks() implements Fate {}

        /** The machine lacks what the transport needs. */
        record Lacks() implements Fate {}
    }

    final SimulatedMachine machine = new SimulatedMachine(7, LATENCY);
    final InMemoryLocalStorage storage = new InMemoryLocalStorage(DeviceState.fresh(Garden.SCOPE, "phone", 11));
    final Driver driver;
    final List<Instant> sent = new ArrayList<>();
    Weather weather = message -> new Fate.Carried();
    /** After so many more writes of the driver the machine fails, once. */
    int soundFor = Integer.MAX_VALUE;

    private final InMemoryServerStorage serverStorage = new InMemoryServerStorage();
    private final ScopeServer server;

    World(RetryPolicy policy) {
        server = new ScopeServer(serverStorage, Garden.SCHEMA, WriteRules.OPEN, machine.time(), new SeededRandom(3));
        Session session = new Session(Garden.SCHEMA, () -> "phone-2", 1_000);
        LocalWork local = new LocalWork(unreliable(), SystemCollections.addTo(Garden.SCHEMA), session, machine.clock());
        driver = new Driver(local, new Engine(policy, machine.random()), transport(), machine, () -> {});
    }

    private LocalStorage unreliable() {
        return new LocalStorage() {
            @Override
            public <T> T write(Function<LocalTransaction, T> body) {
                return storage.write(transaction -> {
                    T done = body.apply(transaction);
                    if (soundFor-- == 0) {
                        throw new InternalError("for a moment");
                    }
                    return done;
                });
            }

            @Override
            public <T> T read(Function<LocalTransaction, T> body) {
                return storage.read(body);
            }
        };
    }

    private Transport transport() {
        return message -> {
            sent.add(machine.time().instant());
            return switch (weather.apply(message)) {
                case Fate.Carried ignored -> answered(message);
                case Fate.Unanswered ignored -> {
                    answered(message);
                    throw new InterruptedException("no answer comes");
                }
                case Fate.Fails fails -> new Reply.Failed(fails.failure(), new Traffic(1, 1, 1));
                case Fate.Breaks ignored -> throw new IllegalStateException("a defect of the transport");
                case Fate.Lacks ignored -> throw new UnsatisfiedLinkError("no native library");
            };
        };
    }

    private Reply answered(Outgoing message) {
        Principal ann = new Principal("ann", Role.DEVICE);
        Traffic traffic = new Traffic(1, 100, 100);
        try {
            return new Reply.Answered(
                    switch (message) {
                        case Outgoing.Register register ->
                            new Incoming.Registered(server.register(ann, register.message()));
                        case Outgoing.Exchange exchange ->
                            new Incoming.Exchanged(server.exchange(
                                    ann, ExchangeCodec.readExchangeRequest(ExchangeCodec.write(exchange.message()))));
                        case Outgoing.Reconcile reconcile ->
                            new Incoming.Reconciled(server.reconcile(ann, reconcile.message()));
                    },
                    traffic);
        } catch (HoldfastException refused) {
            return new Reply.Failed(
                    new Failure(refused.code(), String.valueOf(refused.getMessage()), 0, true), traffic);
        }
    }

    /** Writes a record, as an application would. */
    void plant(String id, String name) {
        storage.write(transaction -> {
            LocalWriter writer = new LocalWriter(
                    SystemCollections.addTo(Garden.SCHEMA),
                    transaction,
                    machine.clock().millis());
            writer.put(
                    new RecordKey("plants", id),
                    Map.of("name", new FieldEdit.Assign(new Value.Text(name))),
                    LocalWriter.Check.NONE);
            writer.finish();
            return id;
        });
        driver.written();
    }

    long planted() {
        return serverStorage.snapshot(
                Garden.SCOPE, snapshot -> snapshot.head().orElseThrow().root().count());
    }

    void run(Duration span) {
        machine.time().runFor(span);
    }

    /** How many messages are sent within a span. */
    int sentWithin(Duration span) {
        int before = sent.size();
        run(span);
        return sent.size() - before;
    }
}
