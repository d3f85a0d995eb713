package io.holdfast.cli.demo;

import io.holdfast.client.Totals;
import io.holdfast.client.Verification;
import io.holdfast.client.transport.Traffic;
import io.holdfast.core.account.Account;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.Value;
import io.holdfast.store.Records;
import java.util.List;

/**
 * How one device ended.
 *
 * @param visible records that its reader sees, refused ones included
 * @param views the view counts of the shared events, added up
 * @param openConflicts what it lost and nobody has looked at
 * @param proven whether fingerprints, rows against digests, and actual rows against the server's are all equal
 */
record DeviceOutcome(
        ReplicaView replica,
        String id,
        long visible,
        long views,
        Account account,
        long openConflicts,
        Totals totals,
        boolean proven) {

    static DeviceOutcome of(DemoDevice device, Verification verification, List<String> sharedIds) {
        Records events = device.store().collection(DemoEvents.COLLECTION);
        return new DeviceOutcome(
                device.view(),
                device.store().device().identity().replica(),
                device.store().records(),
                sharedIds.stream().mapToLong(id -> views(events, id)).sum(),
                device.store().review().account(),
                device.store().review().openConflicts(),
                device.exchanged().stream().reduce(Totals.NONE, DeviceOutcome::plus),
                verification.equal());
    }

    private static long views(Records events, String id) {
        Value value = events.get(id).map(event -> event.value("views")).orElse(Value.NULL);
        return value instanceof CounterValue counter ? counter.sum() : 0;
    }

    private static Totals plus(Totals one, Totals other) {
        return new Totals(
                one.pushed() + other.pushed(),
                one.pulled() + other.pulled(),
                one.conflicts() + other.conflicts(),
                one.refused() + other.refused(),
                one.repaired() + other.repaired(),
                one.traffic().plus(other.traffic()));
    }

    String name() {
        return replica.name();
    }

    /** Bytes that went over the network, both ways. */
    long bytes() {
        Traffic traffic = totals.traffic();
        return traffic.sentBytes() + traffic.receivedBytes();
    }
}
