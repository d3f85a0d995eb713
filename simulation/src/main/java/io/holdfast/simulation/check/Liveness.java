package io.holdfast.simulation.check;

import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.simulation.world.DeviceNode;
import io.holdfast.simulation.world.World;

/**
 * Once the faults have stopped, every device is level with the server within 15 minutes, and nothing is pending or in
 * flight any more. The world itself also stops after 200,000 events: a device that spins without pause is found too.
 *
 * <p>Does not verify how fast a device gets level while the faults go on, nor that refused changes leave the quarantine:
 * they wait for a person.
 */
public final class Liveness implements Checker {

    private final World world;

    Liveness(World world) {
        this.world = world;
    }

    @Override
    public void ended() {
        for (DeviceNode device : world.devices()) {
            if (!device.level()) {
                throw violation(device.name() + " is not level: " + device.status());
            }
            for (LocalRecord record : device.storage().records()) {
                for (Layer layer : record.layers()) {
                    if (layer.state() != Layer.State.QUARANTINED) {
                        throw violation(device.name() + " still has a change of " + record.key() + " " + layer.state()
                                + ": " + device.status());
                    }
                }
            }
        }
    }
}
