package io.holdfast.core.engine;

import io.holdfast.core.error.ErrorCode;

/**
 * Why a message had no answer that could be taken in.
 *
 * @param code SERVER_UNREACHABLE if nothing answered; else what the server, or the store, said
 * @param message one sentence for people
 * @param retryAfterMillis how long the server asks to wait; 0 if it does not say
 * @param notApplied whether it is certain that the server applied nothing of the message
 */
public record Failure(ErrorCode code, String message, long retryAfterMillis, boolean notApplied) {

    /** Nothing answered. */
    public static Failure unreachable(String message) {
        return new Failure(ErrorCode.SERVER_UNREACHABLE, message, 0, false);
    }
}
