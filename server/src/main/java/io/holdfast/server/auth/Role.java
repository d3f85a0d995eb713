package io.holdfast.server.auth;

/** What a token may do in the scopes it covers. Each role may do all that the one before may, except that a viewer never writes. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Exchanges as a replica of its own. */
    DEVICE,
    /** Sees history and works on what waits for a person. */
    OPERATOR,
    /** Everything. */
    ADMIN
}
