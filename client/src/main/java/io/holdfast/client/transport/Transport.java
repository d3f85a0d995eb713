package io.holdfast.client.transport;

import io.holdfast.core.engine.Outgoing;

/** Carries one message at a time to a server. Thread-safe. */
@FunctionalInterface
public interface Transport {

    /**
     * Sends a message and waits for what comes of it. Never throws for a reason of the network or the server: that is a
     * {@link Reply.Failed}. Interrupting the thread gives the message up; whether the server has it is then unknown.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    Reply send(Outgoing message) throws InterruptedException;
}
