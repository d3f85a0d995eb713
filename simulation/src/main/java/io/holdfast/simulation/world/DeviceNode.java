package io.holdfast.simulation.world;

import io.holdfast.core.change.Change;
import io.holdfast.core.engine.Effect;
import io.holdfast.core.engine.Engine;
import io.holdfast.core.engine.Event;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Incoming;
import io.holdfast.core.engine.Outcome;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.engine.Phase;
import io.holdfast.core.engine.RetryPolicy;
import io.holdfast.core.engine.Session;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.Absorption;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.Refusal;
import io.holdfast.core.local.memory.InMemoryLocalStorage;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ReconcileCodec;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;

/**
 * A device: the real engine and session over storage in memory. Each effect is an event of its own on the timeline, so that
 * the device can die between any two; its storage then survives, and nothing else. Not thread-safe.
 */
public final class DeviceNode {

    private static final RetryPolicy POLICY = new RetryPolicy(
            Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(60), 0);
    private static final Duration EFFECT = Duration.ofNanos(100_000);

    /**
     * How much goes into one message: small in some worlds, so that batches and pages end everywhere.
     *
     * @param pageMax most records to ask for
     * @param changesMax most changes to freeze
     */
    record Sizes(int pageMax, int changesMax) {}

    /** What a device needs of its world. */
    interface Surroundings {
        /** The one timeline. */
        VirtualTime time();

        /** Puts a message on the network. */
        void send(DeviceNode from, Envelope message);

        /** An answer was taken in. */
        void absorbed(DeviceNode device, Outcome outcome);

        /** A fresh id for a store that was found to be a copy. */
        String replicaId();
    }

    private final String name;
    private final Schema schema;
    private final Schema whole;
    private final SeededRandom random;
    private final Surroundings world;
    private final DeviceClock clock;
    private final Session session;
    private final Sizes sizes;
    private final Mutants mutants;
    private final Deque<Effect> effects = new ArrayDeque<>();
    private InMemoryLocalStorage storage;
    private InMemoryLocalStorage atStart;
    private Optional<Engine> engine = Optional.empty();
    private Optional<VirtualTime.Event> wake = Optional.empty();
    private long process;
    private boolean pumping;
    private int crashAfter = -1;
    private int downMillis;
    private int diskTroubles;

    DeviceNode(
            String name,
            Schema schema,
            InMemoryLocalStorage storage,
            SeededRandom random,
            Surroundings world,
            Sizes sizes,
            Mutants mutants) {
        this.name = name;
        this.schema = schema;
        this.whole = SystemCollections.addTo(schema);
        this.storage = storage;
        this.atStart = storage;
        this.random = random;
        this.world = world;
        this.clock = new DeviceClock(world.time());
        this.session = new Session(schema, world::replicaId, sizes.pageMax());
        this.sizes = sizes;
        this.mutants = mutants;
    }

    /** Its name on the network. */
    public String name() {
        return name;
    }

    /** What survives a crash. */
    public InMemoryLocalStorage storage() {
        return storage;
    }

    /** The schema with the system collections. */
    public Schema schema() {
        return whole;
    }

    /** The schema without them. */
    Schema ownSchema() {
        return schema;
    }

    DeviceClock clock() {
        return clock;
    }

    /** Whether its process runs. */
    public boolean up() {
        return engine.isPresent();
    }

    /** Whether it believes to be level with the server. */
    public boolean level() {
        return engine.filter(running -> running.status().phase() == Phase.LEVEL).isPresent();
    }

    /** Whether it offers, or has offered in vain, what a restored server lost. */
    public boolean offers() {
        return storage.records().stream()
                .flatMap(record -> record.layers().stream())
                .anyMatch(layer -> layer.kind() == Change.Kind.OFFER);
    }

    /** What its engine is doing, for people. */
    public String status() {
        return engine.map(running -> running.status().toString()).orElse("down");
    }

    // Life and death

    /** Starts the process: a new opening with a new incarnation. */
    void start() {
        process++;
        long incarnation = random.nextLong();
        storage.write(transaction -> {
            DeviceState device = transaction.device();
            boolean shares = mutants.sharesIncarnation() && device.identity().registered();
            transaction.device(shares ? device : device.reopened(incarnation));
            return device;
        });
        if (mutants.losesAfterCrash()) {
            atStart = storage.copy();
        }
        engine = Optional.of(new Engine(POLICY, random.split()));
        feed(new Event.Tick(clock.millis()));
    }

    /** Kills the process. */
    void die() {
        process++;
        engine = Optional.empty();
        effects.clear();
        wake.ifPresent(VirtualTime.Event::cancel);
        wake = Optional.empty();
        crashAfter = -1;
        if (mutants.losesAfterCrash()) {
            storage = atStart;
        }
    }

    void dieAfter(int number, int thenDownMillis) {
        crashAfter = number;
        downMillis = thenDownMillis;
        if (number == 0) {
            dieNow();
        }
    }

    private void dieNow() {
        die();
        long dead = process;
        world.time().after(Duration.ofMillis(downMillis), () -> {
            if (process == dead) {
                start();
            }
        });
    }

    /** Puts another store in the place of this one, as a restored file, and starts. */
    void replaceStore(InMemoryLocalStorage other) {
        die();
        storage = other;
        start();
    }

    void troubleDisk(int transactions) {
        diskTroubles = transactions;
    }

    /** A transaction, which a bad disk may refuse. */
    <T> T write(Function<LocalTransaction, T> body) {
        if (diskTroubles == 0) {
            return storage.write(body);
        }
        diskTroubles--;
        return storage.write(transaction -> {
            T undone = body.apply(transaction);
            throw new HoldfastException(
                    ErrorCode.STORE_IO, "The disk did not keep " + (undone == null ? "nothing." : "the transaction."));
        });
    }

    // Events and effects

    /** Hands an event to the engine, if one runs. */
    void feed(Event event) {
        engine.ifPresent(running -> {
            effects.addAll(running.on(event));
            pump();
        });
    }

    private void pump() {
        if (!pumping && !effects.isEmpty()) {
            pumping = true;
            world.time().after(EFFECT, this::performNext);
        }
    }

    private void performNext() {
        pumping = false;
        Effect effect = effects.poll();
        if (effect == null) {
            return;
        }
        if (crashAfter > 0 && --crashAfter == 0) {
            dieNow();
            return;
        }
        perform(effect);
        pump();
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Prepare wanted -> prepare(wanted);
            case Effect.Send send -> world.send(this, encoded(send.message()));
            case Effect.Absorb wanted -> absorb(wanted);
            case Effect.FreezeAhead wanted ->
                trying(transaction -> session.freezeAhead(
                        transaction, Math.min(wanted.changesMax(), sizes.changesMax()), clock.millis()));
            case Effect.Split ignored ->
                trying(transaction -> new Absorption(whole, transaction, clock.millis()).split());
            case Effect.Quarantine wanted -> {
                Refusal why = new Refusal(wanted.why().code(), "", wanted.why().message(), clock.millis());
                trying(transaction -> new Absorption(whole, transaction, clock.millis()).quarantineBatch(why));
            }
            case Effect.WakeAt wanted -> wakeIn(wanted.inMillis());
        }
    }

    private void trying(java.util.function.Consumer<LocalTransaction> body) {
        try {
            write(transaction -> {
                body.accept(transaction);
                return true;
            });
        } catch (HoldfastException refusedByDisk) {
            // The engine goes on with its next message, meets the same refusal and asks again.
        }
    }

    private void prepare(Effect.Prepare wanted) {
        try {
            Outgoing message = write(transaction -> session.prepare(
                    transaction,
                    wanted.work(),
                    wanted.request(),
                    Math.min(wanted.changesMax(), sizes.changesMax()),
                    clock.millis()));
            feed(new Event.Prepared(clock.millis(), message));
        } catch (HoldfastException refusal) {
            failed(wanted.request(), refusal);
        }
    }

    private void absorb(Effect.Absorb wanted) {
        try {
            Outcome outcome = write(transaction -> {
                Outcome result = session.absorb(
                        transaction, wanted.sent(), wanted.answer(), wanted.offsetMillis(), clock.millis());
                mutants.absorbing(transaction);
                return result;
            });
            world.absorbed(this, outcome);
            feed(new Event.Absorbed(clock.millis(), wanted.sent().request(), outcome));
        } catch (HoldfastException refusal) {
            failed(wanted.sent().request(), refusal);
        }
    }

    private void failed(long request, HoldfastException refusal) {
        Failure failure = new Failure(refusal.code(), String.valueOf(refusal.getMessage()), 0, false);
        feed(new Event.Failed(clock.millis(), request, failure));
    }

    private void wakeIn(long millis) {
        wake.ifPresent(VirtualTime.Event::cancel);
        if (mutants.deaf()) {
            return;
        }
        long living = process;
        wake = Optional.of(world.time().after(Duration.ofMillis(millis), () -> {
            if (process == living) {
                feed(new Event.Tick(clock.millis()));
            }
        }));
    }

    private Envelope encoded(Outgoing message) {
        return switch (message) {
            case Outgoing.Register register ->
                Envelope.of(
                        Envelope.Kind.REGISTER, process, message.request(), ExchangeCodec.write(register.message()));
            case Outgoing.Exchange exchange ->
                Envelope.of(
                        Envelope.Kind.EXCHANGE, process, message.request(), ExchangeCodec.write(exchange.message()));
            case Outgoing.Reconcile reconcile ->
                Envelope.of(
                        Envelope.Kind.RECONCILE, process, message.request(), ReconcileCodec.write(reconcile.message()));
        };
    }

    /** Something arrived from the network. */
    void receive(Envelope arrived) {
        if (!up()) {
            return;
        }
        if (arrived.kind() == Envelope.Kind.HINT) {
            feed(new Event.Wanted(clock.millis(), Event.Reason.HINT));
            return;
        }
        if (arrived.process() != process) {
            return;
        }
        if (arrived.failure().isPresent()) {
            feed(new Event.Failed(
                    clock.millis(), arrived.request(), arrived.failure().get()));
            return;
        }
        try {
            feed(new Event.Answered(clock.millis(), decoded(arrived)));
        } catch (HoldfastException garbage) {
            Failure failure = new Failure(ErrorCode.SERVER_ANSWER, String.valueOf(garbage.getMessage()), 0, false);
            feed(new Event.Failed(clock.millis(), arrived.request(), failure));
        }
    }

    private static Incoming decoded(Envelope arrived) {
        return switch (arrived.kind()) {
            case REGISTER -> new Incoming.Registered(ExchangeCodec.readRegisterAnswer(arrived.bytes()));
            case EXCHANGE -> new Incoming.Exchanged(ExchangeCodec.readExchangeAnswer(arrived.bytes()));
            case RECONCILE -> new Incoming.Reconciled(ReconcileCodec.readReconcileAnswer(arrived.bytes()));
            case HINT -> throw new IllegalStateException("a hint is no answer");
        };
    }
}
