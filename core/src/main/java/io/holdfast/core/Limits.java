package io.holdfast.core;

/**
 * Every size that Holdfast bounds, in one place. A limit is inclusive: exactly this much is accepted, one more is refused
 * with a code.
 */
public final class Limits {

    /** Longest record id, in UTF-8 bytes. */
    public static final int ID_BYTES_MAX = 128;

    /** Longest name of a schema, collection or field, in characters. */
    public static final int NAME_LENGTH_MAX = 63;

    /** Most collections in a schema. */
    public static final int COLLECTIONS_MAX = 64;

    /** Most fields in a collection. */
    public static final int FIELDS_MAX = 256;

    /** Most indexes in a collection, and most fields in an index. */
    public static final int INDEXES_MAX = 16;

    /** Most fields in one index. */
    public static final int INDEX_FIELDS_MAX = 8;

    /** Longest text of a schema, in bytes. */
    public static final int SCHEMA_BYTES_MAX = 1 << 20;

    /** Longest pattern of a field, in characters. */
    public static final int PATTERN_LENGTH_MAX = 1_000;

    /** Most texts that a field may choose from. */
    public static final int CHOICES_MAX = 256;

    /** Longest value of one field, in bytes of its canonical form (text: UTF-8). */
    public static final int FIELD_BYTES_MAX = 1 << 20;

    /** Longest element of a UNION, in bytes of UTF-8: it is a name in a message's JSON. */
    public static final int ELEMENT_BYTES_MAX = 1_024;

    /** Deepest nesting of a JSON value. */
    public static final int JSON_DEPTH_MAX = 64;

    /** Largest record, all fields together, in bytes of the canonical forms. */
    public static final int RECORD_BYTES_MAX = 2 << 20;

    /** Most records that one local transaction changes, and most single changes that are frozen into one batch. */
    public static final int TRANSACTION_CHANGES_MAX = 2_000;

    /** Most that one local transaction of several records writes, in bytes, text counted twice for its escapes. */
    public static final int TRANSACTION_BYTES_MAX = 4 << 20;

    /** Most changes in one frozen batch: a transaction, and the unsent transactions that belong with it. */
    public static final int BATCH_CHANGES_MAX = 2 * TRANSACTION_CHANGES_MAX;

    /** A batch takes no further transaction once it holds this many bytes. */
    public static final int BATCH_BYTES_MAX = 4 << 20;

    /** Most records in one answer. */
    public static final int PAGE_RECORDS_MAX = 4_000;

    /** An answer stops adding records once it holds this many bytes. */
    public static final int PAGE_BYTES_MAX = 4 << 20;

    /** Largest request or answer body, in bytes after decompression. */
    public static final int BODY_BYTES_MAX = 16 << 20;

    /** How far in the future a stamp may lie when the server sees it, in milliseconds. */
    public static final long DRIFT_MILLIS_MAX = 60_000;

    /** Most records that one question of a comparison lists, except that the first of its leaves is never divided. */
    public static final int QUESTION_RECORDS_MAX = 20_000;

    /** Cursors that a device keeps and shows when its newest is unknown. */
    public static final int CURSORS_KEPT = 50;

    /** Openings of a replica that the server remembers; an older one that speaks again registers again. */
    public static final int INCARNATIONS_KEPT = 32;

    /** Gaps that a store or a scope keeps open at once; a proof that finds more counts them. */
    public static final int GAPS_OPEN_MAX = 10_000;

    /** Of a store's or a scope's gaps, the closed ones are kept while they are among the newest of so many. */
    public static final int GAPS_KEPT = 10_000;

    /**
     * Of a store's audit entries, those about gaps and rows are kept while they are among the newest of so many; those about
     * people's decisions, and about restored stores and servers, for ever. A server keeps all of its own.
     */
    public static final int AUDIT_KEPT = 10_000;

    private Limits() {}
}
