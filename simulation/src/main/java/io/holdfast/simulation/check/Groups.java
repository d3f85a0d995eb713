package io.holdfast.simulation.check;

import io.holdfast.core.change.Change;
import io.holdfast.core.engine.Outcome;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.simulation.world.DeviceNode;
import io.holdfast.simulation.world.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The changes of one local transaction are one. The server refuses them together or not at all; and whenever a device takes in
 * an answer that says complete, it has all of the transaction's records as the server had them after it, or later, or none.
 *
 * <p>Does not verify what readers see between two pages of one answer, where nothing is promised, nor a device that still
 * offers what a restored server lost, or whose disk was damaged. That a batch never holds half a transaction shows in {@link Conservation}.
 */
public final class Groups implements Checker {

    private final World world;
    private final Set<Sent> applied = new HashSet<>();
    private final Map<String, List<Whole>> unseen = new HashMap<>();
    private final Map<String, Long> heads = new HashMap<>();

    private record Sent(String replica, BatchMark mark) {}

    /** A transaction that the server has applied: each record's sequence after it. */
    private record Whole(Map<RecordKey, Long> sequences) {}

    Groups(World world) {
        this.world = world;
    }

    @Override
    public void serverRestored() {
        applied.clear();
        unseen.clear();
        heads.clear();
    }

    @Override
    public void replaced(DeviceNode device) {
        unseen.remove(device.name());
    }

    @Override
    public void exchanged(ExchangeRequest request, ExchangeAnswer answer) {
        applied(request, answer);
        world.server()
                .storage()
                .snapshot(request.sender().scope(), ScopeSnapshot::head)
                .ifPresent(head -> heads.put(head.scope(), head.sequence()));
    }

    private void applied(ExchangeRequest request, ExchangeAnswer answer) {
        if (request.batch().isEmpty() || !(answer instanceof ExchangeAnswer.Applied now)) {
            return;
        }
        List<Change> changes = request.batch().get().changes();
        Sent sent = new Sent(request.sender().replica(), request.batch().get().mark());
        boolean first = applied.add(sent);
        long before = heads.getOrDefault(request.sender().scope(), Long.MAX_VALUE);
        for (List<Integer> group : members(changes)) {
            boolean refused = now.results().get(group.getFirst()) instanceof ChangeResult.Refused;
            Map<RecordKey, Long> sequences = new HashMap<>();
            for (int member : group) {
                OptionalLong sequence = sequence(now.results().get(member));
                if (sequence.isEmpty() != refused) {
                    throw violation("a part of the transaction of "
                            + changes.get(member).key() + " was refused");
                }
                // What lost everything, or wrote what was there already, has left its record as it was.
                sequence.stream()
                        .filter(at -> at > before)
                        .forEach(at -> sequences.put(changes.get(member).key(), at));
            }
            // Stored results tell their records as they are now, which is not what the transaction made of them.
            if (first && sequences.size() > 1) {
                await(request.sender().scope(), new Whole(sequences));
            }
        }
    }

    private static List<List<Integer>> members(List<Change> changes) {
        Map<Long, List<Integer>> groups = new HashMap<>();
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i).group() != 0) {
                groups.computeIfAbsent(changes.get(i).group(), ignored -> new ArrayList<>())
                        .add(i);
            }
        }
        return List.copyOf(groups.values());
    }

    private static OptionalLong sequence(ChangeResult result) {
        return switch (result) {
            case ChangeResult.Accepted accepted -> OptionalLong.of(accepted.sequence());
            case ChangeResult.Merged merged -> OptionalLong.of(merged.record().sequence());
            case ChangeResult.Conflict conflict ->
                OptionalLong.of(conflict.record().sequence());
            case ChangeResult.Refused ignored -> OptionalLong.empty();
        };
    }

    private void await(String scope, Whole whole) {
        for (DeviceNode device : world.devices()) {
            if (device.scope().equals(scope)) {
                unseen.computeIfAbsent(device.name(), ignored -> new ArrayList<>())
                        .add(whole);
            }
        }
    }

    @Override
    public void absorbed(DeviceNode device, Outcome outcome) {
        List<Whole> awaited = unseen.getOrDefault(device.name(), List.of());
        if (!awaited.isEmpty()
                && outcome instanceof Outcome.Applied now
                && now.absorbed().complete()
                && !device.offers()
                && !device.storage().damage().any()) {
            awaited.removeIf(whole -> seen(device, whole));
        }
    }

    private boolean seen(DeviceNode device, Whole whole) {
        long there = device.storage()
                .read(transaction -> whole.sequences().entrySet().stream()
                        .filter(member -> transaction.record(member.getKey()).sequence() >= member.getValue())
                        .count());
        if (there > 0 && there < whole.sequences().size()) {
            throw violation(device.name() + " has a part of a transaction at a complete cursor: " + whole);
        }
        return there > 0;
    }
}
