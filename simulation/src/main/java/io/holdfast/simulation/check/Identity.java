package io.holdfast.simulation.check;

import io.holdfast.core.engine.Outcome;
import io.holdfast.core.exchange.ReplicaRow;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.protocol.Batch;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.simulation.world.DeviceNode;
import io.holdfast.simulation.world.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Copies are recognised at the next exchange. The server applies a request only if it gave the request's cursor in the history
 * that it now holds, and if the request goes on exactly where this replica stood: so neither a store that was restored or cloned
 * nor a server that was restored goes on unnoticed. A device that is told of it offers all that it has confirmed from beyond the
 * point that both know, and nothing else. At the end every device is in the server's epoch, no two share an incarnation, and
 * two that still share a replica id have sent nothing since they parted.
 *
 * <p>Does not verify that nothing is lost or counted twice by it: that shows in {@link Conservation} and {@link Counters}.
 */
public final class Identity implements Checker {

    private final World world;

    Identity(World world) {
        this.world = world;
    }

    @Override
    public void exchanged(ExchangeRequest request, ExchangeAnswer answer) {
        if (answer instanceof ExchangeAnswer.Applied) {
            world.server().storage().snapshot(request.sender().scope(), snapshot -> {
                goesOn(request, snapshot);
                return true;
            });
        }
    }

    private void goesOn(ExchangeRequest request, ScopeSnapshot snapshot) {
        String replica = request.sender().replica();
        if (!request.cursor().isStart() && !CursorNeverSkips.knows(snapshot, request.cursor())) {
            throw violation(replica + " was answered as if nothing had happened, from " + request.cursor()
                    + ", which is not of this history");
        }
        BatchMark expected = request.batch().map(Batch::mark).orElse(request.settled());
        Optional<BatchMark> stands = world.server()
                .storage()
                .replica(request.sender().scope(), replica)
                .map(ReplicaRow::last);
        if (!stands.equals(Optional.of(expected))) {
            throw violation(replica + " was answered at " + expected + " and stands at " + stands);
        }
    }

    @Override
    public void absorbed(DeviceNode device, Outcome outcome) {
        if (outcome instanceof Outcome.EpochChanged changed) {
            device.storage().records().stream()
                    .filter(record -> record.sequence() > changed.forkedAt())
                    .findFirst()
                    .ifPresent(record -> {
                        throw violation(device.name() + " was told that the server has lost what came after "
                                + changed.forkedAt() + " and still takes for confirmed: " + record);
                    });
        }
    }

    @Override
    public void ended() {
        Set<Long> incarnations = new HashSet<>();
        Map<String, BatchMark> settled = new HashMap<>();
        for (DeviceNode device : world.devices()) {
            DeviceState state = device.storage().read(transaction -> transaction.device());
            if (!incarnations.add(state.identity().incarnation())) {
                throw violation(device.name() + " shares its incarnation with another");
            }
            BatchMark mine = state.progress().settled();
            BatchMark other = settled.putIfAbsent(state.identity().replica(), mine);
            if (other != null && !other.equals(mine)) {
                throw violation(device.name() + " shares its replica id with another, and both have gone on");
            }
            sameEpoch(device, state);
        }
    }

    private void sameEpoch(DeviceNode device, DeviceState state) {
        Optional<String> epoch = world.server()
                .storage()
                .snapshot(device.scope(), ScopeSnapshot::head)
                .map(ScopeHead::epoch);
        String mine = state.progress().cursor().epoch();
        if (!epoch.equals(Optional.of(mine))) {
            throw violation(device.name() + " is in epoch " + mine + ", and the server in " + epoch);
        }
    }
}
