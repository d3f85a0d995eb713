package io.holdfast.core.schema;

import io.holdfast.core.error.ErrorCode;

/**
 * One way in which a record breaks the rules of its collection. A check reports all of them at once.
 *
 * @param field the field's name; {@code id} for the record's id; empty for the record as a whole
 * @param value what was written, shortened; {@value #HIDDEN} for fields about a person, secrets and unknown fields
 * @param advice what to do, one sentence
 */
public record Violation(ErrorCode code, String field, String value, String advice) {

    /** Stands for a value that may not be shown. */
    public static final String HIDDEN = "(hidden)";

    /** Longest value shown, in code points. */
    public static final int SHOWN_MAX = 40;

    /** A violation of a known field, which shows the value only if its sensitivity allows that. */
    public static Violation of(ErrorCode code, Field field, String value, String advice) {
        boolean hidden = field.sensitivity().wipedOnDelete();
        return new Violation(code, field.name(), hidden ? HIDDEN : shortened(value), advice);
    }

    /** A violation of the record as a whole. */
    public static Violation ofRecord(ErrorCode code, String advice) {
        return new Violation(code, "", "", advice);
    }

    /** What happened and what to do, for people. */
    public String sentence() {
        String where = field.isEmpty() ? "" : field + ": ";
        String what = value.isEmpty() ? "" : " Found " + value + ".";
        return where + code.cause() + what + " " + advice;
    }

    /** At most {@value #SHOWN_MAX} code points of a text, with an ellipsis if something was cut; never ends in half a character. */
    public static String shortened(String text) {
        if (text.codePointCount(0, Math.min(text.length(), 2 * SHOWN_MAX + 1)) <= SHOWN_MAX) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, SHOWN_MAX - 1)) + "…";
    }
}
