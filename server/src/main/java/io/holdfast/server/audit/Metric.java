package io.holdfast.server.audit;

import java.util.Locale;

/** The names of figures. Stateless. */
public final class Metric {

    /** From a run's start to its end, in microseconds. */
    public static final String TOTAL_MICROS = "total.micros";

    /** Records that a run has dealt with. */
    public static final String RECORDS = "records";

    private static final String PHASE = "phase.";
    private static final String ERRORS = "errors.";

    private Metric() {}

    /** Microseconds that a phase took. */
    public static String micros(Phase phase) {
        return PHASE + phase.name().toLowerCase(Locale.ROOT) + ".micros";
    }

    /** Errors of a category. */
    public static String errors(ErrorCategory category) {
        return ERRORS + category.name().toLowerCase(Locale.ROOT);
    }
}
