package io.holdfast.cli.records;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import picocli.CommandLine.Parameters;

/** The parameters that name one record, of the commands that work on one. */
final class RecordAddress {

    @Parameters(index = "0", paramLabel = "COLLECTION", description = "The record's collection.")
    private String collection;

    @Parameters(index = "1", paramLabel = "ID", description = "The record's id.")
    private String id;

    String collection() {
        return collection;
    }

    String id() {
        return id;
    }

    /** The failure of a command that names a record that is not there. */
    HoldfastException unknown() {
        return new HoldfastException(
                ErrorCode.RECORD_UNKNOWN,
                "There is no record " + id + " in " + collection + "; check the id, or list the collection.");
    }
}
