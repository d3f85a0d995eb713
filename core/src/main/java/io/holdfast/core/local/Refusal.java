package io.holdfast.core.local;

import io.holdfast.core.error.ErrorCode;

/**
 * Why the server did not take a change.
 *
 * @param field the field at fault; empty if it is the record as a whole
 * @param message one sentence for people
 * @param atMillis when this device learnt of it, milliseconds since 1970 of the local clock
 */
public record Refusal(ErrorCode code, String field, String message, long atMillis) {}
