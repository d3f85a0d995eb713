package io.holdfast.core.protocol;

/**
 * The version of the messages. One line a version; a test hashes the shapes of the messages, so that a change of the wire
 * without a line here fails.
 *
 * <ul>
 *   <li>1: register, exchange (also of an empty batch, which withdraws one), reconcile
 * </ul>
 */
public final class Protocol {

    /** The version this code speaks. */
    public static final int VERSION = 1;

    /**
     * The header of an answer that names its body: SHA-256 of the body before any compression, as 64 hexadecimal digits. TCP lets
     * one damaged segment in some tens of millions pass, and a digit that became another is still JSON.
     */
    public static final String DIGEST_HEADER = "Holdfast-Digest";

    private Protocol() {}
}
