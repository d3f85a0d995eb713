package io.holdfast.core.account;

/** Where a change is. At every moment each change is in exactly one of these states. */
public enum ChangeState {
    /** Durable here, not yet frozen into a batch. */
    PENDING,
    /** Folded, unsent, into a later change of the same record. */
    COALESCED,
    /** Frozen into a batch whose answer is not here yet. */
    IN_FLIGHT,
    /** The server decided, and some field of it stood. */
    ACCEPTED,
    /** The server decided, and no field of it stood; kept in history. */
    SUPERSEDED,
    /** Refused; kept with the reason until a person or a new edit moves it. */
    QUARANTINED,
    /** Given up by a named person with a reason. */
    DISCARDED
}
