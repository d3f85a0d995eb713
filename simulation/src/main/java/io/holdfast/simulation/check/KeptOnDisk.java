package io.holdfast.simulation.check;

import io.holdfast.core.account.Account;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.simulation.world.DeviceNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was acknowledged as DISK survives a crash: when a process dies, the next finds every record, every unsettled change and
 * the account exactly as they were when the last transaction returned.
 *
 * <p>Does not verify what a disk does that lies about having written, nor that a transaction which was refused left nothing
 * behind: that shows in {@link Conservation}.
 */
public final class KeptOnDisk implements Checker {

    private final Map<String, Kept> dead = new HashMap<>();

    /** What a device's disk held when its process died. */
    private record Kept(List<LocalRecord> records, Account account) {
        static Kept of(DeviceNode device) {
            return new Kept(device.storage().records(), device.storage().read(transaction -> transaction.account()));
        }
    }

    @Override
    public void died(DeviceNode device) {
        dead.put(device.name(), Kept.of(device));
    }

    @Override
    public void replaced(DeviceNode device) {
        dead.remove(device.name());
    }

    @Override
    public void damaged(DeviceNode device) {
        dead.remove(device.name());
    }

    @Override
    public void started(DeviceNode device) {
        Kept before = dead.remove(device.name());
        if (before != null && !before.equals(Kept.of(device))) {
            throw violation(device.name() + " has not kept on its disk what it had acknowledged: it had " + before
                    + " and finds " + Kept.of(device));
        }
    }
}
