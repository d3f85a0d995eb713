package io.holdfast.server.http.sync;

import com.github.benmanes.caffeine.cache.Ticker;
import io.holdfast.server.audit.RunLog;
import io.holdfast.server.auth.Authenticator;
import io.holdfast.server.http.events.EventHub;
import io.holdfast.server.http.events.StreamCount;
import java.time.Duration;

/**
 * What streams of progress need of the server that they are part of.
 *
 * @param heartbeat between two signs of life
 * @param ticker nanoseconds from any origin
 */
public record ProgressStreams(
        StreamCount streams, Authenticator authenticator, EventHub hub, Duration heartbeat, Ticker ticker) {

    ProgressStream of(RunLog log) {
        return new ProgressStream(log, streams, authenticator, hub, new ProgressStream.Beat(heartbeat, ticker));
    }
}
