package io.holdfast.cli.records;

/** One line of a file of records. */
sealed interface Line {

    /** Which line of the file, from 1. */
    long number();

    /**
     * A line that can be read as a record.
     *
     * @param utf8 without the line feed
     */
    record Content(long number, byte[] utf8) implements Line {}

    /** A line longer than any record may be; passed over without being kept. */
    record TooLong(long number) implements Line {}
}
