package io.holdfast.sources.mapping;

/**
 * How many rows of what kind were read.
 *
 * @param rows what stands below the header: blank rows and records
 * @param blank the empty ones, also those that the file leaves out between others
 * @param duplicates records that repeat an earlier one in every field of the mapping
 * @param clashes records of a key that an earlier one has, with other content
 * @param unfit records that cannot be taken
 */
public record RowCounts(long rows, long blank, long duplicates, long clashes, long unfit) {

    /** Before anything was read. */
    public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0);

    /** The rows that are not blank. */
    public long records() {
        return rows - blank;
    }

    /** Those that can be taken and are not told already. */
    public long fit() {
        return records() - duplicates - clashes - unfit;
    }
}
