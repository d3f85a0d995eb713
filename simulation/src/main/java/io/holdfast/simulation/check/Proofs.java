package io.holdfast.simulation.check;

import io.holdfast.core.engine.Outcome;
import io.holdfast.core.local.Proof;
import io.holdfast.simulation.world.DeviceNode;
import io.holdfast.simulation.world.World;
import java.util.Map;

/**
 * Where nothing was damaged, proofs never fail: after every complete answer the fingerprints are equal, and at the end the
 * actual rows of every device and the server are equal under a fresh challenge. So a device at a complete cursor holds
 * exactly the server's records of that moment, and every transaction whole.
 *
 * <p>Does not verify that damage is found; see the tests of the comparison. A device whose offer was refused by a restored
 * server with stricter rules may differ until it has compared, also once a person has given the offer up.
 */
public final class Proofs implements Checker {

    private final World world;

    Proofs(World world) {
        this.world = world;
    }

    @Override
    public void absorbed(DeviceNode device, Outcome outcome) {
        if (outcome instanceof Outcome.Applied applied
                && !applied.absorbed().equal()
                && !device.offers()
                && !device.gaveUp(key -> true)
                && !device.storage().damage().any()) {
            throw violation(device.name() + " differs from the server at a complete cursor");
        }
    }

    @Override
    public void ended() {
        for (DeviceNode device : world.devices()) {
            Map<Proof.Level, Proof> proofs =
                    device.storage().read(transaction -> transaction.device().proofs());
            Proof rows = proofs.get(Proof.Level.L2);
            if (rows == null || !rows.equal()) {
                throw violation(device.name() + " has no proof of its rows at the end: " + proofs);
            }
        }
    }
}
