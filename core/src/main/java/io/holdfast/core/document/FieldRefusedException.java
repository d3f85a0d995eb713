package io.holdfast.core.document;

import io.holdfast.core.error.ErrorCode;

/** Leaves the reading of one field with the reason; never leaves the package. */
final class FieldRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    private final ErrorCode code;

    /** What was written. */
    private final String found;

    FieldRefusedException(ErrorCode code, String found, String advice) {
        super(advice, null, false, false);
        this.code = code;
        this.found = found;
    }

    ErrorCode code() {
        return code;
    }

    String found() {
        return found;
    }

    String advice() {
        return String.valueOf(getMessage());
    }
}
