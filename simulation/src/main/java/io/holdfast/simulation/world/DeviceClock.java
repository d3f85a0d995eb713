package io.holdfast.simulation.world;

import java.time.Instant;
import java.time.InstantSource;

/** A device's clock: off, drifting, jumping, standing still. Not thread-safe. */
final class DeviceClock implements InstantSource {

    /** The drift of a clock that stands still. */
    static final int STOPPED = -1_000_000;

    private static final long MILLION = 1_000_000;

    private final InstantSource truth;
    private long originMillis;
    private long offsetMillis;
    private int ppm;

    DeviceClock(InstantSource truth) {
        this.truth = truth;
        this.originMillis = truth.millis();
    }

    @Override
    public long millis() {
        long now = truth.millis();
        return now + offsetMillis + (now - originMillis) * ppm / MILLION;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    void jump(long millis) {
        offsetMillis += millis;
    }

    void drift(int partsPerMillion) {
        long shown = millis();
        originMillis = truth.millis();
        offsetMillis = shown - originMillis;
        ppm = partsPerMillion;
    }
}
