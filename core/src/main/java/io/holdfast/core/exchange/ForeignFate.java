package io.holdfast.core.exchange;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.record.RecordKey;
import java.util.Optional;

/**
 * What an append made of a {@link ForeignRow}.
 *
 * @param refused why the row does not become the record, which stays what it was; absent if the row and the record agree now
 */
public record ForeignFate(RecordKey key, Optional<ErrorCode> refused) {}
