package io.holdfast.simulation.world;

import io.holdfast.core.engine.Event;
import io.holdfast.core.engine.Outcome;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.memory.InMemoryLocalStorage;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.simulation.check.Checker;
import io.holdfast.simulation.check.Checkers;
import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.network.Delivery;
import io.holdfast.testkit.network.SimulatedNetwork;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final int DEVICES_MAX = 6;
    private static final Choices.Sampler ALWAYS = random -> 1;
    private static final int STEP = 1_001;
    private static final Duration REST = Duration.ofSeconds(10);
    private static final int RESTS_MAX = 90;
    private static final int EVENTS_MAX = 200_000;

    private final WorldOptions options;
    private final Choices choices;
    private final VirtualTime time = new VirtualTime(BEGINNING);
    private final SeededRandom random;
    private final Workload workload;
    private final Writer writer;
    private final Mutants mutants;
    private final Ledger ledger = new Ledger();
    private final Tally tally = new Tally();
    private final ServerNode server;
    private final SimulatedNetwork<Envelope> network;
    private final List<DeviceNode> devices = new ArrayList<>();
    private final Map<String, Copy> copies = new HashMap<>();
    private final List<Checker> checkers;
    private final DeviceNode.Sizes sizes;
    private boolean serverAway;
    private int replicas;
    private int events;

    /** A device's copy, put aside. */
    private record Copy(InMemoryLocalStorage storage, long made) {}

    /** A world that is drawn from choices. */
    public World(WorldOptions options, Choices choices) {
        this.options = options;
        this.choices = choices;
        this.random = new SeededRandom(choices.draw(Long.MAX_VALUE));
        this.workload = new Workload(Schemas.of(choices.index(Schemas.COUNT)));
        this.mutants = new Mutants(options.mutation());
        int pageMax = choices.draw(1) == 0 ? 1_000 : 1 + choices.index(6);
        int changesMax = choices.draw(1) == 0 ? 1_000 : 1 + choices.index(6);
        this.sizes = new DeviceNode.Sizes(pageMax, changesMax);
        InMemoryServerStorage.Locking locking = choices.draw(1) == 0
                ? InMemoryServerStorage.Locking.LOCK
                : InMemoryServerStorage.Locking.COMPARE_AND_SET;
        this.server = new ServerNode(workload.schema(), locking, time, random.split(), mutants);
        this.network = SimulatedNetwork.cutting(time, random.split(), Weather.of(0), Envelope.cutter(), this::arrive);
        this.writer = new Writer(workload, ledger);
        boolean twoScopes = choices.draw(3) == 1 && options.devices() > 1;
        for (int i = 0; i < options.devices(); i++) {
            boolean other = twoScopes && i == options.devices() - 1;
            add(new InMemoryLocalStorage(
                    DeviceState.fresh(other ? OTHER_SCOPE : SCOPE, replicaId(), random.nextLong())));
        }
        this.checkers = Checkers.of(this);
    }

    private DeviceNode add(InMemoryLocalStorage storage) {
        DeviceNode device = new DeviceNode(
                "device-" + devices.size(), workload.schema(), storage, random.split(), surroundings, sizes, mutants);
        devices.add(device);
        return device;
    }

    // What checkers look at

    /** All devices, clones included. */
    public List<DeviceNode> devices() {
        return devices;
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

    /** The scope of a device. */
    public static String scope(DeviceNode device) {
        return device.storage()
                .read(transaction -> transaction.device().identity().scope());
    }

    /** How many changes a device's store has made, by the world's own count. */
    public long made(DeviceNode device) {
        return writer.made(device.name());
    }

    /** What counts in refused changes need not be found on the server. */
    public void excuseRefused() {
        devices.forEach(writer::refused);
    }

    // The course of the world

    /**
     * Runs the world: steps, then calm, then the checks at the end.
     *
     * @throws io.holdfast.simulation.Violation if something is not as it must be
     */
    public void run() {
        devices.forEach(DeviceNode::start);
        Steps steps = new Steps(options);
        boolean more = true;
        for (int i = 0; more && i < options.steps(); i++) {
            int span = choices.begin(STEP);
            more = choices.draw(1, ALWAYS) == 1;
            if (more) {
                Duration pause = Duration.ofMillis(steps.pause(choices));
                Step step = steps.next(choices);
                pass(pause);
                choices.note(() -> Duration.between(BEGINNING, time.instant()).toMillis() + " ms  " + step);
                perform(step);
            }
            choices.end(span);
        }
        calm();
        devices.forEach(
                device -> device.feed(new Event.ChallengeWanted(device.clock().millis(), nonce())));
        rest();
        check(Checker::ended);
    }

    private void pass(Duration span) {
        Instant end = time.instant().plus(span);
        while (time.nextAt().filter(next -> !next.isAfter(end)).isPresent()) {
            time.runNext();
            if (++events > EVENTS_MAX) {
                throw new io.holdfast.simulation.Violation("Liveness", "the world does not come to rest");
            }
        }
        time.runUntil(end);
    }

    private void calm() {
        network.options(Weather.of(0));
        serverAway = false;
        server.trouble(0);
        devices.forEach(device -> {
            network.rejoin(device.name());
            device.troubleDisk(0);
            device.dieAfter(-1, 0);
            device.clock().drift(0);
            if (!device.up()) {
                device.start();
            }
        });
        choices.note(() -> Duration.between(BEGINNING, time.instant()).toMillis() + " ms  the faults stop");
        rest();
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
        return devices.stream().allMatch(device -> device.level() && settled(device));
    }

    private boolean settled(DeviceNode device) {
        String scope = scope(device);
        long head = server.storage()
                .snapshot(
                        scope,
                        snapshot -> snapshot.head().map(row -> row.sequence()).orElse(-1L));
        return device.storage()
                .read(transaction -> transaction.pending(1).isEmpty()
                        && transaction.frozenCount() == 0
                        && transaction.device().progress().cursor().sequence() == head);
    }

    private String nonce() {
        return Long.toHexString(random.nextLong() | Long.MIN_VALUE)
                + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }

    // Steps

    private void perform(Step step) {
        tally.step(step);
        switch (step) {
            case Step.Write write ->
                onDevice(write.device(), device -> {
                    writer.write(device, write.ops());
                    moved(device, Event.Reason.WRITE);
                });
            case Step.Retry retry ->
                onDevice(retry.device(), device -> {
                    writer.retry(device);
                    moved(device, Event.Reason.PERSON);
                });
            case Step.Discard discard ->
                onDevice(discard.device(), device -> {
                    writer.discard(device);
                    moved(device, Event.Reason.PERSON);
                });
            case Step.Ask ask -> onDevice(ask.device(), device -> moved(device, Event.Reason.PERSON));
            case Step.Challenge challenge ->
                onDevice(
                        challenge.device(),
                        device -> device.feed(
                                new Event.ChallengeWanted(device.clock().millis(), nonce())));
            case Step.Weather weather -> when(Fault.NETWORK, () -> network.options(Weather.of(weather.kind())));
            case Step.Cut cut -> when(Fault.NETWORK, () -> cut(device(cut.device()), cut.millis()));
            case Step.Crash crash ->
                when(
                        Fault.CRASH,
                        () -> onDevice(crash.device(), device -> device.dieAfter(crash.effects(), crash.downMillis())));
            case Step.Jump jump ->
                when(Fault.CLOCK, () -> device(jump.device()).clock().jump(jump.millis()));
            case Step.Drift drift ->
                when(Fault.CLOCK, () -> device(drift.device()).clock().drift(drift.ppm()));
            case Step.DiskTrouble trouble ->
                when(Fault.DISK, () -> device(trouble.device()).troubleDisk(trouble.transactions()));
            case Step.ServerAway away -> when(Fault.SERVER, () -> away(away.millis()));
            case Step.ServerTrouble trouble -> when(Fault.SERVER, () -> server.trouble(trouble.requests()));
            case Step.Rules rules -> server.rules(rules.strict());
            case Step.CopyDevice copy -> when(Fault.DEVICE_COPY, () -> copy(device(copy.device())));
            case Step.RestoreDevice restore -> when(Fault.DEVICE_COPY, () -> restore(device(restore.device())));
            case Step.CloneDevice original -> when(Fault.DEVICE_COPY, () -> cloneOf(device(original.device())));
            case Step.CopyServer ignored -> when(Fault.SERVER_COPY, server::save);
            case Step.RestoreServer ignored ->
                when(Fault.SERVER_COPY, () -> {
                    if (server.restore()) {
                        // Its process ends with what it was about to say.
                        network.dropInFlight(ServerNode.NAME);
                        excuse();
                    }
                });
        }
    }

    private void when(Fault fault, Runnable step) {
        if (options.faults().contains(fault)) {
            step.run();
        }
    }

    private DeviceNode device(int index) {
        return devices.get(index % devices.size());
    }

    private void onDevice(int index, Consumer<DeviceNode> step) {
        DeviceNode device = device(index);
        if (device.up()) {
            step.accept(device);
        }
    }

    private void moved(DeviceNode device, Event.Reason reason) {
        check(checker -> checker.wrote(device));
        device.feed(new Event.Wanted(device.clock().millis(), reason));
    }

    private void cut(DeviceNode device, int millis) {
        network.isolate(device.name());
        time.after(Duration.ofMillis(millis), () -> {
            network.rejoin(device.name());
            device.feed(new Event.Wanted(device.clock().millis(), Event.Reason.NETWORK));
        });
    }

    private void away(int millis) {
        serverAway = true;
        time.after(Duration.ofMillis(millis), () -> serverAway = false);
    }

    private void copy(DeviceNode device) {
        copies.put(device.name(), new Copy(device.storage().copy(), made(device)));
    }

    private void restore(DeviceNode device) {
        Copy copy = copies.get(device.name());
        if (copy != null) {
            writer.lost(device);
            device.replaceStore(copy.storage().copy());
            writer.restored(device, copy.made());
            excuse();
        }
    }

    private void cloneOf(DeviceNode original) {
        if (devices.size() < DEVICES_MAX) {
            DeviceNode clone = add(original.storage().copy());
            writer.restored(clone, made(original));
            clone.start();
        }
    }

    private void excuse() {
        ledger.excuseAllBut(Presence.of(this));
    }

    // The network

    private final DeviceNode.Surroundings surroundings = new DeviceNode.Surroundings() {
        @Override
        public VirtualTime time() {
            return time;
        }

        @Override
        public void send(DeviceNode from, Envelope message) {
            network.send(from.name(), ServerNode.NAME, message);
        }

        @Override
        public void absorbed(DeviceNode device, Outcome outcome) {
            tally.outcome(outcome);
            check(checker -> checker.absorbed(device, outcome));
        }

        @Override
        public String replicaId() {
            return World.this.replicaId();
        }
    };

    private String replicaId() {
        replicas++;
        return "replica-" + replicas;
    }

    private void arrive(Delivery<Envelope> delivery) {
        if (!delivery.to().equals(ServerNode.NAME)) {
            devices.stream()
                    .filter(device -> device.name().equals(delivery.to()))
                    .forEach(device -> device.receive(delivery.payload()));
        } else if (!serverAway) {
            Envelope answer = server.handle(delivery.payload(), this::exchanged);
            network.send(ServerNode.NAME, delivery.from(), answer);
            if (delivery.payload().kind() == Envelope.Kind.EXCHANGE && moves(answer)) {
                hint(delivery.from());
            }
        }
    }

    private boolean moves(Envelope answer) {
        return answer.failure().isEmpty() && lastMoved;
    }

    private boolean lastMoved;

    private void exchanged(ExchangeRequest request, ExchangeAnswer answer) {
        lastMoved = request.batch().isPresent() && answer instanceof ExchangeAnswer.Applied;
        tally.exchange(request, answer);
        check(checker -> checker.exchanged(request, answer));
    }

    /** Every other device hears that the scope has moved; a hint may be lost like any message. */
    private void hint(String except) {
        for (DeviceNode device : devices) {
            if (!device.name().equals(except)) {
                network.send(ServerNode.NAME, device.name(), Envelope.of(Envelope.Kind.HINT, 0, 0, new byte[0]));
            }
        }
    }

    private void check(Consumer<Checker> question) {
        for (Checker checker : checkers) {
            question.accept(checker);
        }
    }
}
