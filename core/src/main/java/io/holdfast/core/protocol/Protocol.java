package io.holdfast.core.protocol;

/**
 * The version of the messages. One line a version; a test hashes the shapes of the messages, so that a change of the wire
 * without a line here fails.
 *
 * <ul>
 *   <li>1: register, exchange, reconcile
 * </ul>
 */
public final class Protocol {

    /** The version this code speaks. */
    public static final int VERSION = 1;

    private Protocol() {}
}
