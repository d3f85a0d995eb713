package io.holdfast.sources.mapping;

/**
 * Where a row stands.
 *
 * @param file the file's name, or what else holds the sheet
 * @param row as a spreadsheet program shows it, from 1
 */
public record RowOrigin(String file, long row) {

    @Override
    public String toString() {
        return file + " row " + row;
    }
}
