package io.holdfast.server.audit;

import java.time.Instant;

/** What came of a record, as the journal has it. */
public record RecordEntry(RunId run, long entry, Instant at, RecordFate fate) {

    /** Where a page that ends with it ends. */
    public Position position() {
        return new Position(run, entry);
    }
}
