package io.holdfast.server.http.app;

import io.holdfast.core.error.HoldfastException;
import java.time.Duration;
import java.util.Optional;

/**
 * One message of a device, answered or refused.
 *
 * @param kind {@code register}, {@code exchange} or {@code reconcile}
 * @param outcome what came of it, one of few, in lower case: the code of the refusal, if it was refused
 * @param refusal why it was refused, if it was
 * @param took from when the message was read until its answer was ready
 * @param receivedBytes of the message, decompressed
 * @param sentBytes of the answer, before compression; 0 if it was refused
 */
public record Exchanged(
        String scope,
        String replica,
        String kind,
        String outcome,
        Optional<HoldfastException> refusal,
        Duration took,
        long receivedBytes,
        long sentBytes) {}
