package io.holdfast.server.http.problem;

import io.holdfast.core.error.ErrorCode;

/** Which HTTP status goes with which code: the only place that says so. */
public final class ProblemStatus {

    private ProblemStatus() {}

    /** The status (RFC 9110, RFC 4918, RFC 6585). Codes that only stores, clients and commands have count as defects here. */
    public static int of(ErrorCode code) {
        return switch (code) {
            case JSON_MALFORMED, BATCH_MALFORMED, REQUEST_INVALID, ENCODING_INVALID, QUERY_INVALID, RECORD_ID -> 400;
            case PROTOCOL_UNSUPPORTED -> 400;
            case AUTH_REQUIRED -> 401;
            case FORBIDDEN, REPLICA_FOREIGN, RULE_REFUSED -> 403;
            case NOT_FOUND, RECORD_UNKNOWN, COLLECTION_UNKNOWN -> 404;
            case METHOD_NOT_ALLOWED -> 405;
            case SCHEMA_MISMATCH, SCHEMA_DESTRUCTIVE, REPLICA_FORKED, EPOCH_CHANGED, CURSOR_UNKNOWN -> 409;
            case BODY_TOO_LARGE, BATCH_TOO_LARGE -> 413;
            case FIELD_REQUIRED,
                    FIELD_UNKNOWN,
                    FIELD_TYPE,
                    FIELD_RANGE,
                    FIELD_PRECISION,
                    FIELD_LENGTH,
                    FIELD_PATTERN,
                    FIELD_CHOICE,
                    FIELD_TEXT,
                    FIELD_OPERATION,
                    RECORD_SIZE,
                    GROUP_REFUSED,
                    EARNINGS_USER,
                    EARNINGS_TIME,
                    EARNINGS_SESSION,
                    CLOCK_AHEAD,
                    SETTINGS_INVALID -> 422;
            case EARNINGS_REVIEW, RUN_ACTIVE, RUN_LOST, RUN_DELETIONS, SETTINGS_STALE, ALERT_HANDLED, RECORD_DAMAGED ->
                409;
            case RATE_LIMITED -> 429;
            case UNAVAILABLE, DATABASE_UNREACHABLE, CANCELLED -> 503;
            case STORE_FULL, STORE_LIMIT -> 507;
            case INTERNAL,
                    RECORD_UNFIT,
                    SCHEMA_INVALID,
                    STORE_IN_USE,
                    STORE_NOT_A_STORE,
                    STORE_DAMAGED,
                    STORE_OTHER_SCOPE,
                    STORE_CLOSED,
                    STORE_IO,
                    EARNINGS_STATE,
                    BACKUP_DAMAGED,
                    BACKUP_UNFIT,
                    ARCHIVE_DAMAGED,
                    FILE_EXISTS,
                    TRANSACTION_TOO_LARGE,
                    TRANSACTION_TIMEOUT,
                    SOURCE_FORMAT,
                    SOURCE_DAMAGED,
                    SOURCE_ENCRYPTED,
                    SOURCE_TOO_LARGE,
                    SOURCE_HOSTILE,
                    SOURCE_SHEET_UNKNOWN,
                    SOURCE_CHANGED,
                    SOURCE_COLUMN_UNKNOWN,
                    SOURCE_FORMULA,
                    MAPPING_INVALID,
                    SERVER_UNREACHABLE,
                    SERVER_ANSWER,
                    PORT_IN_USE,
                    USAGE -> 500;
        };
    }
}
