package io.holdfast.core.error;

/**
 * The stable name of everything that can go wrong. Programs act on the name, people read the message beside it, and
 * {@code docs/errors.md} is generated from the texts here. A code is never renamed and never reused.
 */
public enum ErrorCode {
    // Values and records
    FIELD_REQUIRED("A required field holds nothing.", Retry.AFTER_CORRECTION, "Give the field a value."),
    FIELD_UNKNOWN(
            "The collection has no such field.", Retry.AFTER_CORRECTION, "Correct the name or extend the schema."),
    FIELD_TYPE("The value is of another type than the field.", Retry.AFTER_CORRECTION, "Write it as the field's type."),
    FIELD_RANGE(
            "The number, date or duration is out of range.", Retry.AFTER_CORRECTION, "Use a value within the range."),
    FIELD_PRECISION(
            "The number or instant is finer than the field can hold; nothing is rounded.",
            Retry.AFTER_CORRECTION,
            "Round it before writing."),
    FIELD_LENGTH(
            "The value is longer than the field or the limit allows.", Retry.AFTER_CORRECTION, "Shorten the value."),
    FIELD_PATTERN(
            "The text does not match the field's pattern.", Retry.AFTER_CORRECTION, "Write it as the pattern asks."),
    FIELD_CHOICE("The text is none of the field's choices.", Retry.AFTER_CORRECTION, "Use one of the choices."),
    FIELD_TEXT("The text holds NUL or a lone surrogate.", Retry.AFTER_CORRECTION, "Remove that character."),
    FIELD_OPERATION(
            "The operation does not fit the field's merge rule.",
            Retry.AFTER_CORRECTION,
            "Use add for counters, add and remove for unions, plain values elsewhere."),
    RECORD_ID(
            "The record id is empty, too long or has a forbidden character.",
            Retry.AFTER_CORRECTION,
            "Use another id."),
    RECORD_SIZE("The record is larger than the limit.", Retry.AFTER_CORRECTION, "Split the record."),
    RECORD_UNFIT(
            "The Java record's constructor refuses what is stored.",
            Retry.AFTER_CORRECTION,
            "Read the record untyped and correct it, or let the constructor take what the schema allows."),
    RECORD_UNKNOWN("There is no such record.", Retry.AFTER_CORRECTION, "Check the id; list the collection."),
    COLLECTION_UNKNOWN("The schema has no such collection.", Retry.AFTER_CORRECTION, "Check the name."),
    JSON_MALFORMED("The text is not JSON of the expected shape.", Retry.AFTER_CORRECTION, "Correct the text."),

    // Schemas
    SCHEMA_INVALID("The schema breaks its own rules.", Retry.AFTER_CORRECTION, "Correct the schema."),
    SCHEMA_DESTRUCTIVE(
            "The new schema would lose or reinterpret data.",
            Retry.AFTER_CORRECTION,
            "Only add collections, fields and indexes; keep the rest."),
    SCHEMA_MISMATCH(
            "Both sides use schemas that do not fit together.",
            Retry.AFTER_CORRECTION,
            "Give both sides the same schema; upgrade the server first."),

    // Local store
    STORE_IN_USE("Another process has the store open.", Retry.LATER, "Close the other process."),
    STORE_NOT_A_STORE("The file is no Holdfast store.", Retry.NEVER, "Check the path."),
    STORE_DAMAGED("The store file is damaged.", Retry.NEVER, "Restore it from a backup or from the server."),
    STORE_OTHER_SCOPE("The store holds another scope.", Retry.NEVER, "Open the store of this scope."),
    STORE_CLOSED("The store is closed.", Retry.NEVER, "Open it again."),
    STORE_FULL("The disk is full; nothing was written.", Retry.LATER, "Free some space and write again."),
    STORE_LIMIT(
            "The store is near its size limit, and nothing more may be given up.",
            Retry.LATER,
            "Connect to the server, or raise the limit."),
    BACKUP_DAMAGED(
            "The backup is cut short or is not what was written; nothing was restored.",
            Retry.NEVER,
            "Restore from another copy."),
    BACKUP_UNFIT(
            "The backup is of another kind, of another scope or of a newer version; nothing was restored.",
            Retry.NEVER,
            "Restore it where it belongs, with the version that made it or a newer one."),
    FILE_EXISTS(
            "A file is in the way; it was not touched.", Retry.AFTER_CORRECTION, "Choose another path, or --force."),
    STORE_IO("The disk refused to read or write.", Retry.LATER, "Check the disk and the file's permissions."),
    TRANSACTION_TOO_LARGE(
            "The transaction changes more than one batch can carry.", Retry.AFTER_CORRECTION, "Split the transaction."),
    TRANSACTION_TIMEOUT("The transaction took longer than allowed.", Retry.LATER, "Do less in one transaction."),
    QUERY_INVALID(
            "The query asks for what the collection cannot answer.", Retry.AFTER_CORRECTION, "Correct the query."),

    // Exchange
    BATCH_MALFORMED("The batch cannot be read.", Retry.AFTER_CORRECTION, "Report this: the sender is at fault."),
    BATCH_TOO_LARGE("The batch is over a limit.", Retry.AFTER_CORRECTION, "Send fewer changes at once."),
    GROUP_REFUSED(
            "Another change of the same transaction was refused.", Retry.AFTER_CORRECTION, "Correct that change."),
    RULE_REFUSED(
            "The server's rules do not allow this write.",
            Retry.AFTER_CORRECTION,
            "Correct the value or ask for the right."),
    RECORD_DAMAGED(
            "The server's row of the record is not what was stored in it.",
            Retry.AUTOMATIC,
            "Nothing: the next challenge repairs it, `verify --deep` at once, and the change is sent again."),
    CLOCK_AHEAD("A stamp lies further in the future than allowed.", Retry.LATER, "Correct the device's clock."),
    REPLICA_FORKED(
            "The store was restored from an older copy or cloned.",
            Retry.AUTOMATIC,
            "Nothing: it takes a new identity."),
    EPOCH_CHANGED(
            "The server was restored from a backup.", Retry.AUTOMATIC, "Nothing: devices offer again what it lacks."),
    REPLICA_FOREIGN(
            "The replica id belongs to another principal.",
            Retry.NEVER,
            "Use the token the replica was registered with."),
    CURSOR_UNKNOWN(
            "Neither this server nor one before it gave the cursor.",
            Retry.AFTER_CORRECTION,
            "Check that the device talks to its own server."),
    PROTOCOL_UNSUPPORTED("The protocol version is not spoken here.", Retry.AFTER_CORRECTION, "Upgrade the older side."),

    // Earnings
    EARNINGS_USER(
            "The claim names another user than the one whose records these are.",
            Retry.NEVER,
            "Claim for the user who is signed in."),
    EARNINGS_TIME(
            "The claim's times run backwards, or contradict what was claimed before.",
            Retry.AFTER_CORRECTION,
            "Correct the device's clock and start a new session."),
    EARNINGS_SESSION(
            "The mining session is over, or another one is running.",
            Retry.AFTER_CORRECTION,
            "Start a new session, or stop the one that runs."),
    EARNINGS_STATE(
            "What is stored of a user's earnings contradicts itself.",
            Retry.NEVER,
            "Recover it from the server or from a backup."),
    EARNINGS_REVIEW("The review is decided already.", Retry.NEVER, "Look at its decision."),

    // HTTP and access
    AUTH_REQUIRED("The token is missing, wrong, expired or revoked.", Retry.AFTER_CORRECTION, "Get a new token."),
    FORBIDDEN("The token does not allow this.", Retry.AFTER_CORRECTION, "Use a token with the right role and scope."),
    NOT_FOUND("There is nothing at this address.", Retry.AFTER_CORRECTION, "Check the address."),
    METHOD_NOT_ALLOWED("The address does not take this method.", Retry.AFTER_CORRECTION, "See the API description."),
    REQUEST_INVALID("A parameter or header is missing or wrong.", Retry.AFTER_CORRECTION, "See the API description."),
    BODY_TOO_LARGE("The body is over the limit.", Retry.AFTER_CORRECTION, "Send less at once."),
    ENCODING_INVALID("The compressed body is damaged or of an unknown kind.", Retry.AFTER_CORRECTION, "Send it again."),
    RATE_LIMITED("Too many requests.", Retry.LATER, "Wait as Retry-After says."),
    UNAVAILABLE("The server cannot answer now.", Retry.LATER, "Try again later."),
    INTERNAL("The server failed; this is a defect.", Retry.LATER, "Report it with the incident id from the answer."),

    // Sources
    SOURCE_FORMAT(
            "The file is no sheet of a kind that can be read.", Retry.AFTER_CORRECTION, "Save it as XLSX, XLS or CSV."),
    SOURCE_DAMAGED(
            "The sheet is damaged or cut short; nothing of it was taken.",
            Retry.AFTER_CORRECTION,
            "Get the file again, or open and save it in a spreadsheet program."),
    SOURCE_ENCRYPTED("The workbook is encrypted.", Retry.AFTER_CORRECTION, "Save it without a password."),
    SOURCE_TOO_LARGE("The sheet is over a limit.", Retry.AFTER_CORRECTION, "Split it."),
    SOURCE_HOSTILE(
            "The workbook is built to exhaust whoever reads it; reading stopped.",
            Retry.NEVER,
            "Do not open it; ask where it comes from."),
    SOURCE_SHEET_UNKNOWN("The workbook has no such sheet.", Retry.AFTER_CORRECTION, "Name one of the sheets it has."),
    SOURCE_CHANGED(
            "The file changed while it was read; nothing of it was taken.",
            Retry.LATER,
            "Read it again once it is written."),
    SOURCE_COLUMN_UNKNOWN(
            "The sheet lacks a column that the mapping names.",
            Retry.AFTER_CORRECTION,
            "Correct the mapping or the sheet."),
    SOURCE_FORMULA(
            "The cell's formula failed, or was saved without its value.",
            Retry.AFTER_CORRECTION,
            "Correct the formula, and save the workbook in a spreadsheet program."),
    MAPPING_INVALID("The mapping breaks its own rules.", Retry.AFTER_CORRECTION, "Correct the mapping."),

    // Runs
    RUN_ACTIVE(
            "A run works on the same target right now.",
            Retry.LATER,
            "Wait for its end, or cancel it: see 'runs list'."),
    RUN_LOST(
            "Another process has taken the run over; this one writes nothing more.",
            Retry.NEVER,
            "Look at the run that took over."),
    RUN_DELETIONS(
            "The source lacks records that the target has, and may not be whole; nothing was deleted.",
            Retry.AFTER_CORRECTION,
            "Check the source and the rows that could not be read."),

    // Operations
    SETTINGS_INVALID(
            "The settings break their rules; nothing was changed.",
            Retry.AFTER_CORRECTION,
            "Correct each setting that the answer names."),
    SETTINGS_STALE(
            "Somebody else changed the settings meanwhile; nothing was changed.",
            Retry.AFTER_CORRECTION,
            "Look at the new version, and make the change to that."),
    ARCHIVE_DAMAGED(
            "A file of the archive is not what was written; nothing of it is told.",
            Retry.NEVER,
            "Put the file back from a copy."),
    ALERT_HANDLED("Somebody has acknowledged the alert before.", Retry.NEVER, "Look at its note."),

    // Client and command
    SERVER_UNREACHABLE("The server cannot be reached.", Retry.AUTOMATIC, "Check the address and the network."),
    SERVER_ANSWER("The server's answer makes no sense.", Retry.LATER, "Check that the address is a Holdfast server."),
    DATABASE_UNREACHABLE("The database cannot be reached.", Retry.LATER, "Check its address and whether it runs."),
    PORT_IN_USE("Another program listens on the port.", Retry.AFTER_CORRECTION, "Choose another port."),
    USAGE("The command line is wrong.", Retry.AFTER_CORRECTION, "See --help."),
    CANCELLED("The operation was cancelled.", Retry.AFTER_CORRECTION, "Start it again.");

    /** Whether doing the same again can help. */
    public enum Retry {
        /** Never. */
        NEVER,
        /** Yes, after the caller changed something. */
        AFTER_CORRECTION,
        /** Yes, after a while. */
        LATER,
        /** Holdfast does it by itself. */
        AUTOMATIC
    }

    private final String cause;
    private final Retry retry;
    private final String action;

    ErrorCode(String cause, Retry retry, String action) {
        this.cause = cause;
        this.retry = retry;
        this.action = action;
    }

    /** The code of that name; {@link #INTERNAL} for one that only newer versions know. */
    public static ErrorCode of(String name) {
        for (ErrorCode code : values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return INTERNAL;
    }

    /** What happened, in one sentence. */
    public String cause() {
        return cause;
    }

    /** Whether doing the same again can help. */
    public Retry retry() {
        return retry;
    }

    /** What to do, in one sentence. */
    public String action() {
        return action;
    }
}
