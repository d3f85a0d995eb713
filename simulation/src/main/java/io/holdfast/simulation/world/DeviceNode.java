package io.holdfast.simulation.world;

import io.holdfast.core.change.Change;
import io.holdfast.core.engine.Effect;
import io.holdfast.core.engine.Event;
import io.holdfast.core.engine.Outcome;
import io.holdfast.core.engine.Phase;
import io.holdfast.core.engine.Session;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.Scrub;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.simulation.check.Checker;
import io.holdfast.simulation.check.Repairs;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** A device: a disk and a clock that stay, and one process after another. Not thread-safe. */
public final class DeviceNode {

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

        /** Something happened that a checker may want to look at. */
        void check(Consumer<Checker> question);

        /** An answer was taken in. */
        void absorbed(DeviceNode device, Outcome outcome);

        /** A fresh id for a store that was found to be a copy. */
        String replicaId();
    }

    private final String name;
    private final Disk disk;
    private final String scope;
    private final SeededRandom random;
    private final Surroundings world;
    private final DeviceClock clock;
    private final Sizes sizes;
    private final Mutants mutants;
    private final Tally tally;
    private Schema schema;
    private Schema whole;
    private Session session;
    private Optional<DeviceProcess> process = Optional.empty();
    private long openings;
    private boolean looked;

    DeviceNode(String name, Schema schema, DeviceStore storage, SeededRandom random, Fleet.Model model) {
        this.name = name;
        this.disk = new Disk(storage, model);
        this.scope = storage.read(transaction -> transaction.device().identity().scope());
        this.random = random;
        this.world = model.surroundings();
        this.clock = new DeviceClock(world.time());
        this.sizes = model.sizes();
        this.mutants = model.mutants();
        this.tally = model.tally();
        this.schema = schema;
        this.whole = SystemCollections.addTo(schema);
        this.session = session(schema);
    }

    private Session session(Schema own) {
        return new Session(own, world::replicaId, sizes.pageMax());
    }

    /** Its name on the network. */
    public String name() {
        return name;
    }

    /** What survives a crash. */
    public DeviceStore storage() {
        return disk.storage();
    }

    /** The scope whose records it holds. */
    public String scope() {
        return scope;
    }

    /** The schema with the system collections. */
    public Schema schema() {
        return whole;
    }

    /** The schema without them. */
    Schema ownSchema() {
        return schema;
    }

    /** Starts it again with the next version of the schema. */
    void upgrade(Schema next) {
        die();
        schema = next;
        whole = SystemCollections.addTo(next);
        session = session(next);
        start();
    }

    /** Whether its process runs. */
    public boolean up() {
        return process.isPresent();
    }

    /** Whether it believes to be level with the server. */
    public boolean level() {
        return process.filter(running -> running.status().phase() == Phase.LEVEL)
                .isPresent();
    }

    /** Whether it offers, or has offered in vain, what a restored server lost. */
    public boolean offers() {
        for (LocalRecord record : storage().unsettled()) {
            for (Layer layer : record.layers()) {
                if (layer.kind() == Change.Kind.OFFER) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Whether somebody gave a refused change of one of these records up of which the device had nothing from the server: an offer
     * in vain, say.
     * What the server has instead is found by comparing then, except for a tombstone, which nothing shows.
     */
    public boolean gaveUp(Predicate<RecordKey> these) {
        return storage().read(transaction -> transaction.history(Long.MAX_VALUE, Integer.MAX_VALUE)).stream()
                .anyMatch(entry -> entry.kind() == HistoryEntry.Kind.DISCARDED
                        && these.test(entry.key())
                        && entry.stands().absent());
    }

    /** What its engine is doing, for people. */
    public String status() {
        return process.map(running -> running.status().toString()).orElse("down");
    }

    // Life and death

    /** Starts a process: a new opening with a new incarnation. */
    void start() {
        openings++;
        disk.open(schema);
        long incarnation = random.nextLong();
        storage().write(transaction -> {
            DeviceState device = transaction.device();
            boolean shares = mutants.sharesIncarnation() && device.identity().registered();
            transaction.device(shares ? device : device.reopened(incarnation));
            return device;
        });
        disk.opened();
        world.check(checker -> checker.started(this));
        process = Optional.of(new DeviceProcess(this, openings, DeviceProcess.engine(random.split())));
        feed(new Event.Tick(clock.millis()));
    }

    /** Kills the process. */
    void die() {
        process.ifPresent(DeviceProcess::die);
        process = Optional.empty();
        world.check(checker -> checker.died(this));
        disk.died();
    }

    /** Kills the process, and starts another after a while, unless that has happened by then. */
    void die(int downMillis) {
        die();
        long dead = openings;
        time().after(Duration.ofMillis(downMillis), () -> {
            if (openings == dead && !up()) {
                start();
            }
        });
    }

    /** Its process dies before the effect of that number from now; -1 for not at all. */
    boolean dieAfter(int effects, int thenDownMillis) {
        if (effects == 0) {
            crash(thenDownMillis);
        } else {
            process.ifPresent(running -> running.dieAfter(effects, thenDownMillis));
        }
        return true;
    }

    /** Its process dies of the misfortune that was to kill it. */
    void crash(int thenDownMillis) {
        tally.effect(Fault.CRASH);
        die(thenDownMillis);
    }

    /** Puts another store in the place of this one, as a restored file, and starts. */
    void replaceStore(DeviceStore other) {
        die();
        disk.replace(other);
        looked = false;
        world.check(checker -> checker.replaced(this));
        start();
    }

    // Damage

    /** A bit flips on its disk; returns whether there was a record to flip it in. */
    boolean flip(BitFlip bit) {
        Optional<Damage.Row> row = bit.in(storage());
        row.ifPresent(storage().damage()::flipped);
        if (row.isPresent()) {
            looked = false;
            world.check(checker -> checker.damaged(this));
        }
        return row.isPresent();
    }

    /** It looks at its rows, if its process runs and its disk lets it, and repairs what it finds as a shell would. */
    void scrub() {
        if (!up()) {
            return;
        }
        Scrub scrub = new Scrub(whole);
        Set<RecordKey> expected = Repairs.expected(storage());
        Scrub.Look look = storage().read(scrub::look);
        try {
            List<RecordKey> found = write(transaction -> mutants.overlooksDamage()
                    ? List.<RecordKey>of()
                    : scrub.settle(transaction, look, true, clock.millis()));
            looked = true;
            world.check(checker -> checker.scrubbed(this, expected, found));
            if (!found.isEmpty()) {
                feed(new Event.Wanted(clock.millis(), Event.Reason.PERSON));
            }
        } catch (HoldfastException refusedByDisk) {
            // It looks again when the faults stop.
        }
    }

    /** Once it has looked at its rows, a proof that both sides are equal shows that all damage was put right. */
    private void proven(Outcome outcome) {
        if (outcome instanceof Outcome.Applied) {
            storage().damage().exchanged();
        }
        if (looked
                && outcome instanceof Outcome.Applied now
                && now.absorbed().complete()
                && now.absorbed().equal()
                && !offers()) {
            storage()
                    .damage()
                    .repaired(key -> storage()
                            .read(transaction -> transaction.record(key))
                            .confirmed()
                            .tombstone());
            looked = false;
        }
    }

    // What happens to it

    /** Hands an event to the engine, if one runs. */
    void feed(Event event) {
        process.ifPresent(running -> running.feed(event));
    }

    /** Something arrived from the network. */
    void receive(Envelope arrived) {
        process.ifPresent(running -> running.receive(arrived));
    }

    /** What survives its processes. */
    Disk disk() {
        return disk;
    }

    /** A transaction, which a bad disk may refuse; if power was lost meanwhile, the process is dead. */
    <T> T write(Function<LocalTransaction, T> body) {
        try {
            return disk.write(body);
        } finally {
            disk.powerLost().ifPresent(this::die);
        }
    }

    // What its process uses

    DeviceClock clock() {
        return clock;
    }

    VirtualTime time() {
        return world.time();
    }

    Session session() {
        return session;
    }

    int changesMax(int wanted) {
        return Math.min(wanted, sizes.changesMax());
    }

    boolean deaf() {
        return mutants.deaf();
    }

    void send(Envelope message) {
        world.send(this, message);
    }

    Outcome absorb(Effect.Absorb wanted) {
        Outcome outcome = write(transaction -> {
            Outcome result =
                    session.absorb(transaction, wanted.sent(), wanted.answer(), wanted.offsetMillis(), clock.millis());
            mutants.absorbing(transaction);
            return result;
        });
        world.absorbed(this, outcome);
        proven(outcome);
        return outcome;
    }
}
