package io.holdfast.sources.google.system;

import io.holdfast.sources.google.Pause;
import java.time.Duration;

/** Rests by sleeping. */
public final class RealPause implements Pause {

    @Override
    public void rest(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }
}
