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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * No change is unaccounted for. After every transaction: the account's states add up to the changes made, those made are
 * those that the world made, and the changes pending, in flight and quarantined are those that lie on the records. At the
 * end: every text ever written durably stands somewhere (in a record, a layer or a history, on the server or a device), or
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
        check(device);
    }

    @Override
    public void absorbed(DeviceNode device, Outcome outcome) {
        check(device);
    }

    private void check(DeviceNode device) {
        Account account = device.storage().read(transaction -> transaction.account());
        if (!account.balanced() || account.made() != world.made(device)) {
            throw violation(device.name() + " made " + world.made(device) + " changes and accounts for " + account);
        }
        Map<ChangeState, Long> lying = new EnumMap<>(ChangeState.class);
        for (LocalRecord record : device.storage().records()) {
            for (Layer layer : record.layers()) {
                if (layer.kind() == Change.Kind.EDIT) {
                    lying.merge(state(layer), 1L, Long::sum);
                }
            }
        }
        for (ChangeState state : List.of(ChangeState.PENDING, ChangeState.IN_FLIGHT, ChangeState.QUARANTINED)) {
            same(device, account, state, lying.getOrDefault(state, 0L));
        }
    }

    private static ChangeState state(Layer layer) {
        return switch (layer.state()) {
            case PENDING -> ChangeState.PENDING;
            case IN_FLIGHT -> ChangeState.IN_FLIGHT;
            case QUARANTINED -> ChangeState.QUARANTINED;
        };
    }

    private void same(DeviceNode device, Account account, ChangeState state, long lying) {
        if (account.in(state) != lying) {
            throw violation(device.name() + " has " + lying + " changes " + state + " and accounts for " + account);
        }
    }

    @Override
    public void ended() {
        world.devices().forEach(this::check);
        List<Integer> missing = world.ledger().unaccounted(Presence.of(world).tokens());
        if (!missing.isEmpty()) {
            throw violation("nowhere to be found: " + world.ledger().describe(missing.getLast()));
        }
    }
}
