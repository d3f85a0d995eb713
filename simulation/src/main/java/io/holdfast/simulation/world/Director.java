package io.holdfast.simulation.world;

import io.holdfast.core.engine.Event;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** Lets each step befall its world, if the world may hold such a misfortune. Not thread-safe. */
final class Director {

    private final World world;
    private final Writer writer;
    private final Set<Fault> faults;

    Director(World world, Writer writer, Set<Fault> faults) {
        this.world = world;
        this.writer = writer;
        this.faults = faults;
    }

    void perform(Step step) {
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
            case Step.Challenge challenge -> onDevice(challenge.device(), world::challenge);
            case Step.Weather weather ->
                when(Fault.NETWORK, () -> world.traffic().weather(weather.kind()));
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
            case Step.ServerAway away ->
                when(Fault.SERVER, () -> world.traffic().serverAway(away.millis()));
            case Step.ServerTrouble trouble ->
                when(Fault.SERVER, () -> world.server().trouble(trouble.requests()));
            case Step.Rules rules -> world.server().rules(rules.strict());
            case Step.CopyDevice copy ->
                when(Fault.DEVICE_COPY, () -> world.fleet().copy(device(copy.device())));
            case Step.RestoreDevice restore -> when(Fault.DEVICE_COPY, () -> restoreDevice(device(restore.device())));
            case Step.CloneDevice original ->
                when(Fault.DEVICE_COPY, () -> world.fleet().cloneOf(device(original.device())));
            case Step.CopyServer ignored ->
                when(Fault.SERVER_COPY, () -> world.server().save());
            case Step.RestoreServer ignored -> when(Fault.SERVER_COPY, this::restoreServer);
        }
    }

    private void when(Fault fault, Runnable step) {
        if (faults.contains(fault)) {
            step.run();
        }
    }

    private DeviceNode device(int index) {
        return world.fleet().get(index);
    }

    private void onDevice(int index, Consumer<DeviceNode> step) {
        DeviceNode device = device(index);
        if (device.up()) {
            step.accept(device);
        }
    }

    private void moved(DeviceNode device, Event.Reason reason) {
        world.check(checker -> checker.wrote(device));
        device.feed(new Event.Wanted(device.clock().millis(), reason));
    }

    private void cut(DeviceNode device, int millis) {
        world.traffic().cut(device);
        world.time().after(Duration.ofMillis(millis), () -> {
            world.traffic().rejoin(device);
            device.feed(new Event.Wanted(device.clock().millis(), Event.Reason.NETWORK));
        });
    }

    private void restoreDevice(DeviceNode device) {
        if (world.fleet().restore(device)) {
            excuse();
        }
    }

    private void restoreServer() {
        if (world.server().restore()) {
            world.traffic().serverDied();
            excuse();
        }
    }

    /** What only the thrown away store held is gone by a person's hand. */
    private void excuse() {
        world.ledger().excuseAllBut(Presence.of(world));
    }
}
