package io.holdfast.core.protocol;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;

/** One record as the server holds it at a sequence. */
public record RemoteRecord(RecordKey key, RecordState state, long sequence) {}
