package io.holdfast.cli.frame;

import io.holdfast.core.error.ErrorCode;
import java.util.EnumSet;
import java.util.Set;

/** What the command tells the shell that called it. The numbers never change: scripts depend on them. */
public enum ExitCode {
    /** The operation did what was asked. */
    FINE(0),
    /** The operation ran and found something wrong, or failed on this machine. */
    WRONG(1),
    /** The command line is wrong; nothing was done. */
    USAGE(2),
    /** The server or its database did not answer. */
    UNREACHABLE(3),
    /** The server answered, and refused. */
    REFUSED(4);

    private static final Set<ErrorCode> USAGE_ERRORS =
            EnumSet.of(ErrorCode.USAGE, ErrorCode.COLLECTION_UNKNOWN, ErrorCode.QUERY_INVALID);

    private static final Set<ErrorCode> UNREACHABLE_ERRORS =
            EnumSet.of(ErrorCode.SERVER_UNREACHABLE, ErrorCode.DATABASE_UNREACHABLE, ErrorCode.UNAVAILABLE);

    private static final Set<ErrorCode> REFUSALS = EnumSet.of(
            ErrorCode.ALERT_HANDLED,
            ErrorCode.AUTH_REQUIRED,
            ErrorCode.BATCH_MALFORMED,
            ErrorCode.BATCH_TOO_LARGE,
            ErrorCode.BODY_TOO_LARGE,
            ErrorCode.CLOCK_AHEAD,
            ErrorCode.EARNINGS_REVIEW,
            ErrorCode.EARNINGS_SESSION,
            ErrorCode.EARNINGS_TIME,
            ErrorCode.EARNINGS_USER,
            ErrorCode.ENCODING_INVALID,
            ErrorCode.FORBIDDEN,
            ErrorCode.METHOD_NOT_ALLOWED,
            ErrorCode.NOT_FOUND,
            ErrorCode.PROTOCOL_UNSUPPORTED,
            ErrorCode.RATE_LIMITED,
            ErrorCode.RECORD_DAMAGED,
            ErrorCode.REPLICA_FOREIGN,
            ErrorCode.REQUEST_INVALID,
            ErrorCode.RULE_REFUSED,
            ErrorCode.RUN_ACTIVE,
            ErrorCode.SCHEMA_MISMATCH,
            ErrorCode.SETTINGS_INVALID,
            ErrorCode.SETTINGS_STALE);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The process's exit status. */
    public int number() {
        return number;
    }

    /** The exit code of a command that failed with this error. */
    public static ExitCode of(ErrorCode error) {
        if (USAGE_ERRORS.contains(error)) {
            return USAGE;
        }
        if (UNREACHABLE_ERRORS.contains(error)) {
            return UNREACHABLE;
        }
        return REFUSALS.contains(error) ? REFUSED : WRONG;
    }
}
