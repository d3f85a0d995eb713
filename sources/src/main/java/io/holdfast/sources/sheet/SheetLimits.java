package io.holdfast.sources.sheet;

/** Every size that a sheet is held to. A limit is inclusive; beyond it the file is refused, never cut. */
public final class SheetLimits {

    /** Most columns, as many as Excel has. */
    public static final int COLUMNS_MAX = 16_384;

    /** Longest cell, in UTF-16 units, as in Excel. */
    public static final int CELL_LENGTH_MAX = 32_767;

    /** Most rows of a sheet. */
    public static final long ROWS_MAX = 20_000_000;

    /** Largest XLSX or text file, in bytes. */
    public static final long FILE_BYTES_MAX = 4L << 30;

    /** Largest XLS file, in bytes: its table of strings is read whole. */
    public static final long XLS_BYTES_MAX = 256L << 20;

    /** Most sheets of a workbook. */
    public static final int SHEETS_MAX = 4_096;

    /** Most parts in the package of an XLSX file. */
    public static final int PARTS_MAX = 65_535;

    /** Largest part of an XLSX file when unpacked, in bytes. */
    public static final long PART_BYTES_MAX = 16L << 30;

    /** How many times larger than packed a part may become; sheets of real work stay below 100, deflate ends at 1,032. */
    public static final long PART_RATIO_MAX = 400;

    /** The ratio is looked at only from this size on, in bytes: small parts may be all alike. */
    public static final long PART_RATIO_FROM_BYTES = 4L << 20;

    /** Most merged ranges of a sheet. */
    public static final int MERGES_MAX = 100_000;

    private SheetLimits() {}
}
