package io.holdfast.simulation.check;

import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.simulation.world.DeviceNode;
import io.holdfast.simulation.world.Ledger;
import io.holdfast.simulation.world.Presence;
import io.holdfast.simulation.world.World;
import java.util.List;

/**
 * No text of one scope is ever on a device, or in the server's tables, of another. Checked at the end, on worlds with two
 * scopes whose records have the same ids.
 *
 * <p>Does not verify counts and digests: those would show in {@link Roots} and {@link Proofs}.
 */
public final class Isolation implements Checker {

    private final World world;

    Isolation(World world) {
        this.world = world;
    }

    @Override
    public void ended() {
        for (DeviceNode device : world.devices()) {
            String scope = device.scope();
            for (LocalRecord record : device.storage().records()) {
                check(scope, record.confirmed(), device.name());
            }
        }
        for (String scope : List.of(World.SCOPE, World.OTHER_SCOPE)) {
            world.server()
                    .storage()
                    .snapshot(scope, snapshot -> snapshot.changesSince(0, Integer.MAX_VALUE, Long.MAX_VALUE))
                    .forEach(row -> check(scope, row.state(), "the server"));
        }
    }

    private void check(String scope, RecordState state, String where) {
        Ledger ledger = world.ledger();
        for (Cell cell : state.cells().values()) {
            int token = Presence.token(cell.value());
            String written = token == 0 ? "" : ledger.scopeOf(token);
            if (!written.isEmpty() && !written.equals(scope)) {
                throw violation(where + " holds in " + scope + " what was written in " + written);
            }
        }
    }
}
