package io.holdfast.core.engine;

import java.util.Optional;

/**
 * What a running engine is doing, for people.
 *
 * @param last the last failure, until something succeeds
 * @param failures failures in a row
 * @param wakeAtMillis when it next acts by itself, milliseconds since 1970 of the local clock
 * @param lastExchangeMillis when an exchange was last applied; 0 if not in this opening
 */
public record EngineStatus(
        Phase phase, Optional<Failure> last, int failures, long wakeAtMillis, long lastExchangeMillis) {}
