package io.holdfast.sources.sheet;

/** The kinds of sheets that can be read. */
public enum SheetFormat {
    /** Delimited text. */
    CSV,
    /** Excel 97-2003, BIFF8. */
    XLS,
    /** Office Open XML, also with macros. */
    XLSX,
    /** A spreadsheet of Google Sheets. */
    GOOGLE
}
