package io.holdfast.server.audit;

import java.time.Instant;

/** An error, as the journal has it. */
public record ErrorEntry(RunId run, long entry, Instant at, RunError error) {

    /** Where a page that ends with it ends. */
    public Position position() {
        return new Position(run, entry);
    }
}
