package io.holdfast.core.exchange;

/** What a token may do, from least to most. */
public enum Role {
    /** Exchanges records of its scopes. */
    DEVICE,
    /** Reads. */
    VIEWER,
    /** Reads, repairs and decides. */
    OPERATOR,
    /** Everything, tokens and configuration included. */
    ADMIN
}
