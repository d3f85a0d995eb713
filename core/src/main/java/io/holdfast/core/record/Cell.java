package io.holdfast.core.record;

import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;

/** One field of one record: what it holds, and when and where that was written. */
public record Cell(Value value, Stamp stamp) {}
