package io.holdfast.simulation.world;

import io.holdfast.core.engine.Event;
import java.util.function.Consumer;

/** Lets each step befall its world: what people do here, what nobody wants by the {@link Misfortunes}. Not thread-safe. */
final class Director {

    private final World world;
    private final Writer writer;
    private final Misfortunes misfortunes;

    Director(World world, Writer writer) {
        this.world = world;
        this.writer = writer;
        this.misfortunes = new Misfortunes(world);
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
            case Step.FairWeather ignored -> world.traffic().fair();
            case Step.Rules rules -> world.server().rules(rules.strict());
            case Step.Misfortune misfortune -> misfortunes.befall(misfortune);
        }
    }

    /** From now on no misfortune begins. */
    void calm() {
        misfortunes.calm();
    }

    private void onDevice(int index, Consumer<DeviceNode> step) {
        DeviceNode device = world.fleet().get(index);
        if (device.up()) {
            step.accept(device);
        }
    }

    private void moved(DeviceNode device, Event.Reason reason) {
        world.check(checker -> checker.wrote(device));
        device.feed(new Event.Wanted(device.clock().millis(), reason));
    }
}
