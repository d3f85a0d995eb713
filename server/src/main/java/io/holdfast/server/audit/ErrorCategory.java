package io.holdfast.server.audit;

import io.holdfast.core.error.ErrorCode;

/** Where an error comes from, and so who can help. */
public enum ErrorCategory {
    /** Nobody answered, or the answer broke off. */
    NETWORK,
    /** The database refused, broke off or was not there. */
    DATABASE,
    /** The source cannot be read. */
    SOURCE,
    /** A record breaks a rule of its own: type, format, required field. */
    VALIDATION,
    /** A record names another one that is not there. */
    INTEGRITY,
    /** Two writers meant the same record. */
    CONFLICT,
    /** A setting or a mapping does not fit. */
    CONFIGURATION,
    /** A defect of Holdfast. */
    INTERNAL;

    /** The category of a failure by its code. */
    public static ErrorCategory of(ErrorCode code) {
        String name = code.name();
        if (name.startsWith("SOURCE_")) {
            return SOURCE;
        }
        if (name.startsWith("FIELD_") || name.startsWith("RECORD_")) {
            return VALIDATION;
        }
        if (name.startsWith("SCHEMA_") || name.equals("COLLECTION_UNKNOWN") || name.equals("USAGE")) {
            return CONFIGURATION;
        }
        return switch (name) {
            case "SERVER_UNREACHABLE", "SERVER_ANSWER", "RATE_LIMITED" -> NETWORK;
            case "DATABASE_UNREACHABLE", "UNAVAILABLE", "STORE_FULL", "STORE_IO", "STORE_DAMAGED" -> DATABASE;
            case "RULE_REFUSED", "GROUP_REFUSED" -> CONFLICT;
            case "AUTH_REQUIRED", "FORBIDDEN" -> CONFIGURATION;
            default -> INTERNAL;
        };
    }
}
