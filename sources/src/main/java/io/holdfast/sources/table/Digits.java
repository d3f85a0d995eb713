package io.holdfast.sources.table;

/**
 * How long a column's numbers are.
 *
 * @param whole most digits before the point
 * @param fraction most digits behind it
 */
public record Digits(int whole, int fraction) {}
