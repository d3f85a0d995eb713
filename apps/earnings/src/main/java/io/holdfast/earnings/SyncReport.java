package io.holdfast.earnings;

import io.holdfast.core.engine.Failure;
import java.time.Duration;
import java.util.Optional;

/**
 * What came of a sync.
 *
 * @param ran whether it was due or forced
 * @param level whether device and server hold the same now
 * @param took how long it took
 * @param failure why it is not level; it is tried again by itself
 */
public record SyncReport(boolean ran, boolean level, Duration took, Optional<Failure> failure) {}
