package io.holdfast.core.json;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;

/** A text is not the JSON that Holdfast accepts. Its code is {@link ErrorCode#JSON_MALFORMED}. */
public final class JsonRefusedException extends HoldfastException {

    private static final long serialVersionUID = 1L;

    /** Why a text is refused, so far as a caller has to know. */
    public enum Reason {
        /** It is not JSON, or breaks a rule on shape. */
        SHAPE,
        /** A string has NUL or a lone surrogate. */
        TEXT,
        /** A number has no exact place among doubles. */
        NUMBER
    }

    /** Which kind of rule was broken. */
    private final Reason reason;

    /** What is wrong, as the second half of a sentence. */
    private final String detail;

    JsonRefusedException(Reason reason, String detail) {
        super(ErrorCode.JSON_MALFORMED, sentence(detail));
        this.reason = reason;
        this.detail = detail;
    }

    JsonRefusedException(String detail) {
        this(Reason.SHAPE, detail);
    }

    JsonRefusedException(String detail, Throwable cause) {
        super(ErrorCode.JSON_MALFORMED, sentence(detail), cause);
        this.reason = Reason.SHAPE;
        this.detail = detail;
    }

    /** Which kind of rule was broken. */
    public Reason reason() {
        return reason;
    }

    /** What is wrong, as the second half of a sentence; never quotes the text. */
    public String detail() {
        return detail;
    }

    private static String sentence(String detail) {
        return "The JSON is refused: " + detail + ".";
    }
}
