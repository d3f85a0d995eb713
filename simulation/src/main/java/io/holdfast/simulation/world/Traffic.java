package io.holdfast.simulation.world;

import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.testkit.network.Delivery;
import io.holdfast.testkit.network.SimulatedNetwork;
import io.holdfast.testkit.random.SeededRandom;
import java.time.Duration;

/** Whatever travels between the devices and the server. Not thread-safe. */
final class Traffic {

    private final World world;
    private final SimulatedNetwork<Envelope> network;
    private boolean serverAway;
    private boolean moved;

    Traffic(World world, SeededRandom random) {
        this.world = world;
        this.network = SimulatedNetwork.cutting(world.time(), random, Weather.of(0), Envelope.cutter(), this::arrive);
    }

    /** A device speaks. */
    void send(DeviceNode from, Envelope message) {
        network.send(from.name(), ServerNode.NAME, message);
    }

    private void arrive(Delivery<Envelope> delivery) {
        if (!delivery.to().equals(ServerNode.NAME)) {
            world.fleet().named(delivery.to()).ifPresent(device -> device.receive(delivery.payload()));
        } else if (!serverAway) {
            moved = false;
            Envelope answer = world.server().handle(delivery.payload(), this::exchanged);
            network.send(ServerNode.NAME, delivery.from(), answer);
            if (moved) {
                hint(delivery.from());
            }
        }
    }

    private void exchanged(ExchangeRequest request, ExchangeAnswer answer) {
        moved = request.batch().isPresent() && answer instanceof ExchangeAnswer.Applied;
        world.exchanged(request, answer);
    }

    /** Every other device hears that the scope has moved; a hint may be lost like any message. */
    private void hint(String except) {
        for (DeviceNode device : world.devices()) {
            if (!device.name().equals(except)) {
                network.send(ServerNode.NAME, device.name(), Envelope.hint());
            }
        }
    }

    /** The network behaves otherwise from now on. */
    void weather(int kind) {
        network.options(Weather.of(kind));
    }

    /** Keeps a device from the server. */
    void cut(DeviceNode device) {
        network.isolate(device.name());
    }

    /** Ends what {@link #cut} began. */
    void rejoin(DeviceNode device) {
        network.rejoin(device.name());
    }

    /** The server is away for a while: what reaches it meanwhile is lost. */
    void serverAway(int millis) {
        serverAway = true;
        world.time().after(Duration.ofMillis(millis), this::serverBack);
    }

    /** The server is there again. */
    void serverBack() {
        serverAway = false;
    }

    /** The server's process ends with what it was about to say. */
    void serverDied() {
        network.dropInFlight(ServerNode.NAME);
    }
}
