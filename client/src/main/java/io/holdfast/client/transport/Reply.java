package io.holdfast.client.transport;

import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Incoming;

/** What came of sending a message. */
public sealed interface Reply {

    /** What it took. */
    Traffic traffic();

    /** The server answered. */
    record Answered(Incoming answer, Traffic traffic) implements Reply {}

    /** There is no answer that could be taken in. */
    record Failed(Failure failure, Traffic traffic) implements Reply {}
}
