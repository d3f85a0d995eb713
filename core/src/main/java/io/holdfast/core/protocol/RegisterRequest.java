package io.holdfast.core.protocol;

/** A replica, or a new opening of one, makes itself known. Repeating it changes nothing. */
public record RegisterRequest(Sender sender) {}
