package io.holdfast.store.sqlite;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.sql.SQLException;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what a failure of SQLite means to the user of a store. Result codes: https://www.sqlite.org/rescode.html. */
final class SqliteFailures {

    private static final int PRIMARY_CODE = 0xff;

    private SqliteFailures() {}

    /** The failure under the store's own codes. */
    static HoldfastException of(SQLException failure) {
        if (!(failure instanceof SQLiteException sqlite)) {
            return of(ErrorCode.STORE_IO, "The store's file could not be used: " + failure.getMessage(), failure);
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        return switch (code.code & PRIMARY_CODE) {
            case 13 -> of(ErrorCode.STORE_FULL, "The disk is full; nothing was written. Free some space.", failure);
            case 11 ->
                of(
                        ErrorCode.STORE_DAMAGED,
                        "The store's file is damaged. Restore it from a backup, or make a new store and synchronise it.",
                        failure);
            case 26 -> of(ErrorCode.STORE_NOT_A_STORE, "The file is no Holdfast store. Check the path.", failure);
            case 5, 6 ->
                of(ErrorCode.STORE_IN_USE, "Another program holds the store's file locked. Close it.", failure);
            case 8, 3 -> of(ErrorCode.STORE_IO, "The store's file may not be written. Check its permissions.", failure);
            case 14 ->
                of(
                        ErrorCode.STORE_IO,
                        "The store's file could not be opened. Check the folder and the permissions.",
                        failure);
            case 10 -> of(ErrorCode.STORE_IO, "The disk failed to read or write the store's file.", failure);
            case 1, 2, 20, 21, 25 -> throw new IllegalStateException("a statement of the store is wrong", failure);
            case 19 -> throw new IllegalStateException("the store's own bookkeeping contradicts itself", failure);
            default -> of(ErrorCode.STORE_IO, "The store's file could not be used (" + code.name() + ").", failure);
        };
    }

    private static HoldfastException of(ErrorCode code, String sentence, SQLException cause) {
        return new HoldfastException(code, sentence, cause);
    }

    /** A failure of the file itself, found while looking at it. */
    static HoldfastException of(ErrorCode code, String sentence, String file) {
        return new HoldfastException(code, sentence, Map.of("file", file));
    }
}
