package io.holdfast.store.sqlite;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what a failure of SQLite means to the user of a store. Result codes: https://www.sqlite.org/rescode.html. */
final class SqliteFailures {

    /** The lower byte of an extended result code is the primary one. */
    private static final int PRIMARY = 0xff;

    private static final int ERROR = 1;
    private static final int INTERNAL = 2;
    private static final int PERM = 3;
    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int CONSTRAINT = 19;
    private static final int MISMATCH = 20;
    private static final int MISUSE = 21;
    private static final int RANGE = 25;
    private static final int NOTADB = 26;

    /** How SQLite says that a statement and a definition, or the file's header, do not fit. */
    private static final List<String> DEFINITION_MISSING = List.of(
            "no such table",
            "no such column",
            "has no column named",
            "no such index",
            "vtable constructor",
            "no such module",
            "unsupported file format");

    private static final String DAMAGED =
            "The store's file is damaged. Restore it from a backup, or make a new store and synchronise it.";

    private SqliteFailures() {}

    /**
     * The failure under the store's own codes.
     *
     * @throws IllegalStateException if it is the store's own fault
     */
    static HoldfastException of(SQLException failure) {
        if (!(failure instanceof SQLiteException sqlite)) {
            return of(ErrorCode.STORE_IO, "The store's file could not be used: " + failure.getMessage(), failure);
        }
        if (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
            return of(
                    ErrorCode.STORE_FULL,
                    "The disk is full: there is no room to open the store. Free some space.",
                    failure);
        }
        if (definitionDamaged(sqlite)) {
            return damaged(failure);
        }
        return switch (sqlite.getResultCode().code & PRIMARY) {
            case FULL -> of(ErrorCode.STORE_FULL, "The disk is full; nothing was written. Free some space.", failure);
            case CORRUPT -> damaged(failure);
            case NOTADB -> of(ErrorCode.STORE_NOT_A_STORE, "The file is no Holdfast store. Check the path.", failure);
            case BUSY, LOCKED ->
                of(ErrorCode.STORE_IN_USE, "Another program holds the store's file locked. Close it.", failure);
            case READONLY, PERM ->
                of(ErrorCode.STORE_IO, "The store's file may not be written. Check its permissions.", failure);
            case CANTOPEN ->
                of(
                        ErrorCode.STORE_IO,
                        "The store's file could not be opened. Check the folder and the permissions.",
                        failure);
            case ERROR, INTERNAL, MISMATCH, MISUSE, RANGE ->
                throw new IllegalStateException("a statement of the store is wrong", failure);
            case CONSTRAINT ->
                throw new IllegalStateException("the store's own bookkeeping contradicts itself", failure);
            default ->
                of(
                        ErrorCode.STORE_IO,
                        "The disk failed to read or write the store's file ("
                                + sqlite.getResultCode().name() + ").",
                        failure);
        };
    }

    private static HoldfastException of(ErrorCode code, String sentence, SQLException cause) {
        return new HoldfastException(code, sentence, cause);
    }

    /** The statements fit the tables as the store defines them: one that misses something met a definition that was damaged. */
    private static boolean definitionDamaged(SQLiteException failure) {
        String message = String.valueOf(failure.getMessage());
        return (failure.getResultCode().code & PRIMARY) == ERROR
                && DEFINITION_MISSING.stream().anyMatch(message::contains);
    }

    /** Something in the file is not as the store wrote it. */
    static HoldfastException damaged(Throwable cause) {
        return new HoldfastException(ErrorCode.STORE_DAMAGED, DAMAGED, cause);
    }

    /** A row that the store wrote is gone. */
    static HoldfastException rowMissing(String row) {
        return new HoldfastException(ErrorCode.STORE_DAMAGED, DAMAGED, Map.of("missing", row));
    }

    /** A row stands where no row of its key can. */
    static HoldfastException outOfOrder(String row) {
        return new HoldfastException(ErrorCode.STORE_DAMAGED, DAMAGED, Map.of("misplaced", row));
    }

    /** A failure of the file itself, found while looking at it. */
    static HoldfastException of(ErrorCode code, String sentence, String file) {
        return new HoldfastException(code, sentence, Map.of("file", file));
    }
}
