package io.holdfast.sources.google;

import java.time.Duration;

/** Waits before the next try. */
@FunctionalInterface
public interface Pause {

    /** Lets so much time pass. */
    void rest(Duration duration) throws InterruptedException;
}
