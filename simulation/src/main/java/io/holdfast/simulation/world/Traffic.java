package io.holdfast.simulation.world;

import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.ReconcileAnswer;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.testkit.network.Delivery;
import io.holdfast.testkit.network.NetworkCounts;
import io.holdfast.testkit.network.SimulatedNetwork;
import io.holdfast.testkit.random.SeededRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** Whatever travels between the devices and the server. Not thread-safe. */
final class Traffic {

    private final World world;
    private final SimulatedNetwork<Envelope> network;
    private final EnumSet<Fault> weather = EnumSet.noneOf(Fault.class);
    private final Set<String> mute = new HashSet<>();
    private final Set<String> deaf = new HashSet<>();
    private boolean serverAway;
    private boolean moved;

    Traffic(World world, SeededRandom random) {
        this.world = world;
        this.network =
                SimulatedNetwork.cutting(world.time(), random, Weather.of(Set.of()), Envelope.cutter(), this::arrive);
    }

    /** A device speaks. */
    void send(DeviceNode from, Envelope message) {
        send(from.name(), ServerNode.NAME, message);
    }

    private void send(String from, String to, Envelope message) {
        network.send(from, to, message);
        for (Fault fault : weather) {
            if (fault == Fault.DELAY || fault == Fault.REORDERING) {
                world.tally().effect(fault);
            }
        }
    }

    private void arrive(Delivery<Envelope> delivery) {
        boolean asks = delivery.to().equals(ServerNode.NAME);
        if (asks ? mute.contains(delivery.from()) : deaf.contains(delivery.to())) {
            world.tally().effect(Fault.HALF_OPEN);
        } else if (!asks) {
            world.fleet().named(delivery.to()).ifPresent(device -> device.receive(delivery.payload()));
        } else if (serverAway) {
            world.tally().effect(Fault.SERVER_AWAY);
        } else {
            moved = false;
            Envelope answer = world.server().handle(delivery.from(), delivery.payload(), witness);
            send(ServerNode.NAME, delivery.from(), answer);
            if (moved) {
                hint(delivery.from());
            }
        }
    }

    private final ServerNode.Witness witness = new ServerNode.Witness() {
        @Override
        public void exchanged(ExchangeRequest request, ExchangeAnswer answer) {
            moved = request.batch().isPresent() && answer instanceof ExchangeAnswer.Applied;
            world.tally().exchange(request, answer);
            world.check(checker -> checker.exchanged(request, answer));
        }

        @Override
        public void reconciled(ReconcileRequest request, ReconcileAnswer answer) {
            world.check(checker -> checker.reconciled(request, answer));
        }
    };

    /** Every other device hears that the scope has moved; a hint may be lost like any message. */
    private void hint(String except) {
        for (DeviceNode device : world.devices()) {
            if (!device.name().equals(except)) {
                send(ServerNode.NAME, device.name(), Envelope.hint());
            }
        }
    }

    /** One more misfortune lies upon the network until it is {@link #fair} again; returns whether it did not before. */
    boolean worsen(Fault fault) {
        boolean more = weather.add(fault);
        network.options(Weather.of(weather));
        return more;
    }

    /** The network loses, repeats, delays and cuts nothing any more. */
    void fair() {
        weather.clear();
        network.options(Weather.of(weather));
    }

    /** Tells what became of messages. */
    void report(Tally tally) {
        NetworkCounts counts = network.counts();
        tally.effect(Fault.LOSS, counts.lost());
        tally.effect(Fault.DUPLICATION, counts.duplicated());
        tally.effect(Fault.TRUNCATION, counts.truncated());
        tally.effect(Fault.PARTITION, counts.separated());
    }

    /** Keeps a device from the server. */
    void cut(DeviceNode device) {
        network.isolate(device.name());
    }

    /** Lets only one direction of a device's connection work. */
    void halfOpen(DeviceNode device, boolean itHears) {
        (itHears ? mute : deaf).add(device.name());
    }

    /** Ends what {@link #cut} and {@link #halfOpen} began. */
    void rejoin(DeviceNode device) {
        network.rejoin(device.name());
        mute.remove(device.name());
        deaf.remove(device.name());
    }

    /** The server is away for a while: what reaches it meanwhile is lost. */
    boolean serverAway(int millis) {
        serverAway = true;
        world.time().after(Duration.ofMillis(millis), this::serverBack);
        return true;
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
