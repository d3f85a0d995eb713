package io.holdfast.sources.mapping;

/** Where a sheet's header stands. */
public sealed interface HeaderHint {

    /** In the first row, among the first 200, that has all columns of the mapping. */
    record Found() implements HeaderHint {}

    /**
     * In a row whose number is known.
     *
     * @param row from 1
     */
    record At(long row) implements HeaderHint {}

    /** Nowhere: every row is a record, and columns are named by letters. */
    record None() implements HeaderHint {}
}
