package io.holdfast.earnings.operations;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes an entry of an error of the system, with all that is known of it and nothing secret. Stateless. */
public final class Troubles {

    private static final int CAUSES_MAX = 8;
    private static final int DETAIL_LENGTH_MAX = 8_000;

    private static final Set<ErrorCode> SYSTEM = EnumSet.of(
            ErrorCode.STORE_IO,
            ErrorCode.STORE_FULL,
            ErrorCode.STORE_DAMAGED,
            ErrorCode.STORE_NOT_A_STORE,
            ErrorCode.EARNINGS_STATE,
            ErrorCode.STORE_IN_USE,
            ErrorCode.DATABASE_UNREACHABLE,
            ErrorCode.UNAVAILABLE,
            ErrorCode.TRANSACTION_TIMEOUT,
            ErrorCode.INTERNAL);

    private static final Set<ErrorCode> LOSSES =
            EnumSet.of(ErrorCode.STORE_DAMAGED, ErrorCode.STORE_NOT_A_STORE, ErrorCode.EARNINGS_STATE);

    private Troubles() {}

    /** Whether a code is of the system, not of what somebody asked for. */
    public static boolean ofSystem(ErrorCode code) {
        return SYSTEM.contains(code);
    }

    /**
     * The entry.
     *
     * @param state how the user stood; redacted here
     */
    public static LogEntry.Trouble of(
            Instant at, String user, HoldfastException failure, SortedMap<String, String> state) {
        TreeMap<String, String> plain = new TreeMap<>();
        state.forEach((name, value) -> plain.put(name, Redaction.of(value)));
        return new LogEntry.Trouble(
                at,
                user,
                failure.code().name(),
                LOSSES.contains(failure.code()),
                plain,
                Conditions.now(),
                detail(failure));
    }

    private static String detail(HoldfastException failure) {
        StringBuilder detail = new StringBuilder(String.valueOf(failure.getMessage()));
        context(detail, failure);
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            detail.append(" Cause: ")
                    .append(cause.getClass().getName())
                    .append(": ")
                    .append(cause.getMessage());
            context(detail, cause);
            StackTraceElement[] trace = cause.getStackTrace();
            if (trace.length > 0) {
                detail.append(" at ").append(trace[0]);
            }
            cause = cause.getCause();
        }
        String redacted = Redaction.of(detail.toString());
        return redacted.length() <= DETAIL_LENGTH_MAX ? redacted : redacted.substring(0, DETAIL_LENGTH_MAX);
    }

    private static void context(StringBuilder detail, Throwable thrown) {
        if (thrown instanceof HoldfastException failure && !failure.context().isEmpty()) {
            detail.append(' ').append(new TreeMap<>(failure.context()));
        }
        if (thrown instanceof SQLException sql) {
            detail.append(" (SQLSTATE ")
                    .append(sql.getSQLState())
                    .append(", code ")
                    .append(sql.getErrorCode())
                    .append(')');
        }
    }
}
