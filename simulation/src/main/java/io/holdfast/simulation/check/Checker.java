package io.holdfast.simulation.check;

import io.holdfast.core.engine.Outcome;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.simulation.Violation;
import io.holdfast.simulation.world.DeviceNode;

/** Watches one world, and throws a {@link Violation} when something is not as it must be. Not thread-safe. */
public interface Checker {

    /** A device has written, or a person has moved a refused change. */
    default void wrote(DeviceNode device) {}

    /** A device has taken an answer in. */
    default void absorbed(DeviceNode device, Outcome outcome) {}

    /** The server has answered an exchange; the device may never get the answer. */
    default void exchanged(ExchangeRequest request, ExchangeAnswer answer) {}

    /** The faults have stopped, and all devices have come to rest. */
    default void ended() {}

    /** Throws the violation. */
    default Violation violation(String what) {
        return new Violation(getClass().getSimpleName(), what);
    }
}
