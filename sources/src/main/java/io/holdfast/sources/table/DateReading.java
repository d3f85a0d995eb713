package io.holdfast.sources.table;

/**
 * How a column's dates are read.
 *
 * @param order of those that are text
 * @param ambiguous whether another order would have fitted every cell as well, so that the order is a choice
 * @param serials whether they are numbers without a date's format, known as dates by the column's name
 */
public record DateReading(DateOrder order, boolean ambiguous, boolean serials) {}
