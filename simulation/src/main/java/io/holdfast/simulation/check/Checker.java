package io.holdfast.simulation.check;

import io.holdfast.core.engine.Outcome;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.ReconcileAnswer;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.simulation.Violation;
import io.holdfast.simulation.world.DeviceNode;
import java.util.List;
import java.util.Set;

/** Watches one world, and throws a {@link Violation} when something is not as it must be. Not thread-safe. */
public interface Checker {

    /** A device has written, or a person has moved a refused change. */
    default void wrote(DeviceNode device) {}

    /** A device has taken an answer in. */
    default void absorbed(DeviceNode device, Outcome outcome) {}

    /** The server has answered an exchange; the device may never get the answer. */
    default void exchanged(ExchangeRequest request, ExchangeAnswer answer) {}

    /** The server has answered a comparison; the device may never get the answer. */
    default void reconciled(ReconcileRequest request, ReconcileAnswer answer) {}

    /** A device's process dies now: its disk is as it left it. */
    default void died(DeviceNode device) {}

    /** A device has opened its store. */
    default void started(DeviceNode device) {}

    /** A device has another store than before, which it has not opened yet. */
    default void replaced(DeviceNode device) {}

    /** A device is about to be lost for ever, with its store. */
    default void lost(DeviceNode device) {}

    /** A bit of a record has flipped on a device's disk. */
    default void damaged(DeviceNode device) {}

    /**
     * A device has looked at its rows, and has written down what it found.
     *
     * @param expected the records in which a bit had flipped
     */
    default void scrubbed(DeviceNode device, Set<RecordKey> expected, List<RecordKey> found) {}

    /** The server was put back to its copy. */
    default void serverRestored() {}

    /** The faults have stopped, and all devices have come to rest. */
    default void ended() {}

    /** Throws the violation. */
    default Violation violation(String what) {
        return new Violation(getClass().getSimpleName(), what);
    }
}
