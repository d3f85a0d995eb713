package io.holdfast.sources.table;

/** What a column holds. */
public enum ColumnType {
    /** Nothing. */
    EMPTY,
    /** Text, or a mixture. */
    TEXT,
    /** Whole numbers. */
    INTEGER,
    /** Numbers with a fraction. */
    DECIMAL,
    /** Days. */
    DATE,
    /** Days with a time. */
    DATE_TIME,
    /** Times of day. */
    TIME,
    /** True and false. */
    BOOLEAN
}
