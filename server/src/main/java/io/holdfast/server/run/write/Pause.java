package io.holdfast.server.run.write;

import java.time.Duration;

/** Waits; in tests time moves instead. */
@FunctionalInterface
public interface Pause {

    /**
     * Returns after a while.
     *
     * @throws InterruptedException if the thread shall stop
     */
    void forTime(Duration length) throws InterruptedException;
}
