package io.holdfast.core.engine;

/** What a device is doing about its server. */
public enum Phase {
    /** Level with the server; waits for a write, a hint, or the interval. */
    LEVEL,
    /** A message is on its way, or more must be sent or fetched. */
    CATCHING_UP,
    /** The server does not answer; tries again by itself. */
    OFFLINE,
    /** The server answered with a failure; tries again by itself. */
    RETRYING,
    /** The token is not accepted; writing goes on locally. A new token, or a person, is needed. */
    AUTH_REQUIRED,
    /** The server refuses for a reason that only a person can change; tries again at the longest interval. */
    STALLED
}
