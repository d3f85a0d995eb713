package io.holdfast.store.sqlite;

/**
 * How a store's file is used.
 *
 * @param check what is checked when the store is opened
 * @param readers connections that read at the same time, at least 1
 * @param cacheKibibytes page cache of each connection
 * @param busyTimeoutMillis how long another program that reads the file may hold up a write
 * @param checkpointPages after so many pages in the log their content is moved into the file
 * @param logBytesKept the log is cut back to so many bytes when it starts over
 * @param pagesMax most pages of 4 KiB the file may have, 0 for any number
 */
public record SqliteOptions(
        Check check,
        int readers,
        int cacheKibibytes,
        int busyTimeoutMillis,
        int checkpointPages,
        long logBytesKept,
        long pagesMax) {

    /** What is checked when a store is opened. */
    public enum Check {
        /** The file's header only. */
        HEADER,
        /** Every page, but not whether indexes and tables agree. */
        QUICK,
        /** Every page, every index against its table. */
        FULL
    }

    /** Checks the ranges. */
    public SqliteOptions {
        if (readers < 1 || cacheKibibytes < 1 || busyTimeoutMillis < 0 || checkpointPages < 1 || pagesMax < 0) {
            throw new IllegalArgumentException("an option of the store is out of range");
        }
    }

    /** Header check, 2 readers, 16 MiB of cache each, 5 s, 1,000 pages, 16 MiB, no limit. */
    public static SqliteOptions defaults() {
        return new SqliteOptions(Check.HEADER, 2, 16 << 10, 5_000, 1_000, 16L << 20, 0);
    }

    /** The same with another check. */
    public SqliteOptions withCheck(Check next) {
        return new SqliteOptions(
                next, readers, cacheKibibytes, busyTimeoutMillis, checkpointPages, logBytesKept, pagesMax);
    }

    /** The same with another number of readers. */
    public SqliteOptions withReaders(int next) {
        return new SqliteOptions(
                check, next, cacheKibibytes, busyTimeoutMillis, checkpointPages, logBytesKept, pagesMax);
    }

    /** The same with a file that stops growing at so many pages. */
    public SqliteOptions withPagesMax(long next) {
        return new SqliteOptions(
                check, readers, cacheKibibytes, busyTimeoutMillis, checkpointPages, logBytesKept, next);
    }
}
