package io.holdfast.server.audit;

/** Why a run began. */
public enum Cause {
    /** A person asked the server for it. */
    MANUAL,
    /** Its time had come. */
    SCHEDULED,
    /** A person ran the command. */
    COMMAND,
    /** Records of an earlier run had failed. */
    RETRY
}
