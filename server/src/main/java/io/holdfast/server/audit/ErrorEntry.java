package io.holdfast.server.audit;

import java.time.Instant;

/** An error, as the journal has it. */
public record ErrorEntry(RunId run, long entry, Instant at, RunError error) {}
