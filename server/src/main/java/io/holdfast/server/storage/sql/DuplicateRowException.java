package io.holdfast.server.storage.sql;

/** A row that was to be inserted is already there; the transaction may be repeated with an upsert instead. */
public final class DuplicateRowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DuplicateRowException(Throwable cause) {
        super("a row that was to be inserted is already there", cause);
    }
}
