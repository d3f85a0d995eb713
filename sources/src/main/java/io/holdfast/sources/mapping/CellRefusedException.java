package io.holdfast.sources.mapping;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.schema.Field;
import io.holdfast.core.schema.Violation;

/** Leaves the reading of one cell with the reason; never leaves the package. */
final class CellRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    private final ErrorCode code;

    /** What stands there. */
    private final String found;

    CellRefusedException(ErrorCode code, String found, String advice) {
        super(advice, null, false, false);
        this.code = code;
        this.found = found;
    }

    /** The same as a violation of the field's rules. */
    Violation of(Field field) {
        return Violation.of(code, field, found, String.valueOf(getMessage()));
    }
}
