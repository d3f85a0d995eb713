package io.holdfast.simulation.world;

import io.holdfast.core.engine.Event;
import io.holdfast.core.engine.Outcome;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.simulation.Violation;
import io.holdfast.simulation.check.Checker;
import io.holdfast.simulation.check.Checkers;
import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * One world on one thread: everything that happens follows from the choices it is drawn from. Not thread-safe, and of one
 * use.
 */
public final class World {

    /** The scope of most devices. */
    public static final String SCOPE = "alpha";

    /** The scope of the last device, in worlds that have two. */
    public static final String OTHER_SCOPE = "omega";

    private static final Instant BEGINNING = Instant.parse("2026-11-01T08:00:00Z");
    private static final Choices.Sampler ALWAYS = random -> 1;
    private static final int STEP = 1_001;
    private static final Duration REST = Duration.ofSeconds(10);
    private static final int RESTS_MAX = 90;
    private static final int EVENTS_MAX = 200_000;

    private final WorldOptions options;
    private final Choices choices;
    private final VirtualTime time = new VirtualTime(BEGINNING);
    private final SeededRandom random;
    private final Writer writer;
    private final Ledger ledger = new Ledger();
    private final Tally tally = new Tally();
    private final Stores stores;
    private final ServerNode server;
    private final Traffic traffic;
    private final Fleet fleet;
    private final Director director;
    private final List<Checker> checkers;
    private int replicas;
    private int events;

    /** A world that is drawn from choices. */
    public World(WorldOptions options, Choices choices) {
        this.options = options;
        this.choices = choices;
        this.random = new SeededRandom(choices.draw(Long.MAX_VALUE));
        this.stores = options.files() ? Stores.inFiles() : Stores.inMemory();
        Workload workload =
                new Workload(options.subject().orElseGet(() -> Schemas.subject(choices.index(Schemas.COUNT))));
        Mutants mutants = new Mutants(options.mutation());
        int pageMax = choices.draw(1) == 0 ? 1_000 : 1 + choices.index(6);
        int changesMax = choices.draw(1) == 0 ? 1_000 : 1 + choices.index(6);
        InMemoryServerStorage.Locking locking = choices.draw(3) == 1
                ? InMemoryServerStorage.Locking.COMPARE_AND_SET
                : InMemoryServerStorage.Locking.LOCK;
        this.server = new ServerNode(workload.subject(), locking, time, random.split(), mutants.server(), tally);
        this.traffic = new Traffic(this, random.split());
        this.writer = new Writer(workload, ledger, mutants);
        Fleet.Model model =
                new Fleet.Model(surroundings(), new DeviceNode.Sizes(pageMax, changesMax), mutants, tally, stores);
        this.fleet = new Fleet(options.devices(), workload, writer, model, random.split());
        boolean twoScopes = choices.draw(3) == 1 && options.devices() > 1;
        for (int i = 0; i < options.devices(); i++) {
            fleet.add(twoScopes && i == options.devices() - 1 ? OTHER_SCOPE : SCOPE);
        }
        this.director = new Director(this, writer);
        this.checkers = Checkers.of(this, options.mutation());
    }

    private DeviceNode.Surroundings surroundings() {
        return new DeviceNode.Surroundings() {
            @Override
            public VirtualTime time() {
                return time;
            }

            @Override
            public void send(DeviceNode from, Envelope message) {
                traffic.send(from, message);
            }

            @Override
            public void check(Consumer<Checker> question) {
                World.this.check(question);
            }

            @Override
            public void absorbed(DeviceNode device, Outcome outcome) {
                tally.outcome(outcome);
                check(checker -> checker.absorbed(device, outcome));
            }

            @Override
            public String replicaId() {
                replicas++;
                return "replica-" + replicas;
            }
        };
    }

    // What checkers look at

    /** All devices, clones included. */
    public List<DeviceNode> devices() {
        return fleet.all();
    }

    /** The server. */
    public ServerNode server() {
        return server;
    }

    /** What was written. */
    public Ledger ledger() {
        return ledger;
    }

    /** What happened, in numbers. */
    public Tally tally() {
        return tally;
    }

    /** How many changes a device's store has made, by the world's own count. */
    public long made(DeviceNode device) {
        return writer.made(device.name());
    }

    /** What counts in refused changes need not be found on the server. */
    public void excuseRefused() {
        devices().forEach(writer::refused);
    }

    // What its parts use

    VirtualTime time() {
        return time;
    }

    Fleet fleet() {
        return fleet;
    }

    Traffic traffic() {
        return traffic;
    }

    void check(Consumer<Checker> question) {
        checkers.forEach(question);
    }

    /** A device compares its actual rows with the server's, next time it can. */
    void challenge(DeviceNode device) {
        String nonce = Long.toHexString(random.nextLong() | Long.MIN_VALUE)
                + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
        device.feed(new Event.ChallengeWanted(device.clock().millis(), nonce));
    }

    // The course of the world

    /**
     * Runs the world: steps, then calm, then the checks at the end.
     *
     * @throws Violation if something is not as it must be
     */
    public void run() {
        try {
            unfold();
        } finally {
            traffic.report(tally);
            tally.events(events);
            stores.close();
        }
    }

    private void unfold() {
        devices().forEach(DeviceNode::start);
        Steps steps = new Steps(options);
        boolean more = true;
        for (int done = 0; more && !options.length().reached(done, events); done++) {
            int span = choices.begin(STEP);
            more = choices.draw(1, ALWAYS) == 1;
            if (more) {
                pass(Duration.ofMillis(steps.pause(choices)));
                Step step = steps.next(choices);
                choices.note(() -> millis() + " ms  " + step);
                tally.step(step);
                events++;
                director.perform(step);
            }
            choices.end(span);
        }
        calm();
        devices().forEach(this::challenge);
        rest();
        check(Checker::ended);
    }

    private long millis() {
        return Duration.between(BEGINNING, time.instant()).toMillis();
    }

    private void pass(Duration span) {
        Instant end = time.instant().plus(span);
        while (time.runNextUntil(end)) {
            if (++events > EVENTS_MAX) {
                throw new Violation("Liveness", "the world does not come to rest");
            }
        }
        time.runUntil(end);
    }

    private void calm() {
        traffic.fair();
        traffic.serverBack();
        server.busy(0);
        server.admitAll();
        director.calm();
        server.clock().drift(0);
        if (fleet.anyUpgraded()) {
            server.upgrade();
        }
        devices().forEach(this::calm);
        devices().forEach(DeviceNode::scrub);
        choices.note(() -> millis() + " ms  the faults stop");
        rest();
    }

    private void calm(DeviceNode device) {
        traffic.rejoin(device);
        device.disk().mend();
        device.dieAfter(-1, 0);
        device.clock().drift(0);
        if (!device.up()) {
            device.start();
        }
    }

    /** Lets time pass until nobody has anything left to do; a regular exchange may just have begun when a rest ends. */
    private void rest() {
        int rests = 0;
        // The clocks go right now, and whoever waits for the longest interval has to be waited for.
        do {
            pass(REST);
            rests++;
        } while (rests < RESTS_MAX && !atRest());
    }

    private boolean atRest() {
        return devices().stream().allMatch(device -> device.level() && settled(device));
    }

    private boolean settled(DeviceNode device) {
        long head = server.storage()
                .snapshot(
                        device.scope(),
                        snapshot -> snapshot.head().map(ScopeHead::sequence).orElse(-1L));
        return device.storage()
                .read(transaction -> transaction.pending(1).isEmpty()
                        && transaction.frozenCount() == 0
                        && transaction.device().progress().cursor().sequence() == head);
    }
}
