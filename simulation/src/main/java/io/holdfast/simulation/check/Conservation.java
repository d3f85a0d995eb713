package io.holdfast.simulation.check;

import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.Change;
import io.holdfast.core.engine.Outcome;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.simulation.world.DeviceNode;
import io.holdfast.simulation.world.Presence;
import io.holdfast.simulation.world.World;
import java.util.List;

/**
 * No change is unaccounted for. After every transaction: the account's states add up to the changes made, those made are
 * those that the world made, and the changes pending, in flight and quarantined are those that the store's index finds on
 * records. At the end: they are those that lie on all records, index or no index; and every text ever written durably stands somewhere (in a record, a layer or a history, on the server or a device), or
 * somebody who had seen it wrote another over it that does.
 *
 * <p>Does not verify that ACCEPTED and SUPERSEDED are told apart rightly, nor follow numbers, sets and wiped fields. A text
 * whose only holder was thrown away by a restore is not looked for.
 */
public final class Conservation implements Checker {

    private final World world;

    Conservation(World world) {
        this.world = world;
    }

    @Override
    public void wrote(DeviceNode device) {
        check(device, device.storage().unsettled());
    }

    @Override
    public void absorbed(DeviceNode device, Outcome outcome) {
        check(device, device.storage().unsettled());
    }

    private void check(DeviceNode device, List<LocalRecord> records) {
        Account account = device.storage().read(transaction -> transaction.account());
        if (!account.balanced() || account.made() != world.made(device)) {
            throw violation(device.name() + " made " + world.made(device) + " changes and accounts for " + account);
        }
        int pending = 0;
        int inFlight = 0;
        int quarantined = 0;
        for (LocalRecord record : records) {
            for (Layer layer : record.layers()) {
                if (layer.kind() == Change.Kind.EDIT) {
                    switch (layer.state()) {
                        case PENDING -> pending++;
                        case IN_FLIGHT -> inFlight++;
                        case QUARANTINED -> quarantined++;
                    }
                }
            }
        }
        same(device, account, ChangeState.PENDING, pending);
        same(device, account, ChangeState.IN_FLIGHT, inFlight);
        same(device, account, ChangeState.QUARANTINED, quarantined);
    }

    private void same(DeviceNode device, Account account, ChangeState state, long lying) {
        if (account.in(state) != lying) {
            throw violation(device.name() + " has " + lying + " changes " + state + " and accounts for " + account);
        }
    }

    @Override
    public void ended() {
        world.devices().forEach(device -> check(device, device.storage().records()));
        List<Integer> missing = world.ledger().unaccounted(Presence.of(world).tokens());
        if (!missing.isEmpty()) {
            throw violation("nowhere to be found: " + world.ledger().describe(missing.getLast()));
        }
    }
}
