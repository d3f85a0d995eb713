package io.holdfast.server.dashboard;

import java.time.Instant;

/** How runs went that began within one stretch of time. */
public record Trend(Instant from, Rate rate) {}
