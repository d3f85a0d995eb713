package io.holdfast.core.local;

import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.HybridTime;
import java.util.Map;
import java.util.TreeMap;

/**
 * Moves the stamps of one batch from the local clock's time into the server's. Order is kept; what would lie in the future
 * is set to now, one tick after the other.
 */
final class ClockCorrection {

    private final long offsetMillis;
    private final long latest;
    private final TreeMap<Long, Long> times = new TreeMap<>();

    /**
     * A correction by the measured offset.
     *
     * @param offsetMillis server's clock minus local clock
     * @param nowMillis reading of the local clock
     */
    ClockCorrection(long offsetMillis, long nowMillis) {
        this.offsetMillis = offsetMillis;
        this.latest = HybridTime.ofMillis(nowMillis + offsetMillis);
    }

    /** Takes note of an edit's times. All edits of the batch are learnt before the first is corrected. */
    void learn(RecordState edit) {
        for (Cell cell : edit.cells().values()) {
            times.put(cell.stamp().time(), 0L);
        }
        times.put(edit.deleted().time(), 0L);
    }

    /** Works out where each learnt time goes. */
    void prepare() {
        long last = 0;
        for (Map.Entry<Long, Long> time : times.entrySet()) {
            last = Math.max(Math.min(HybridTime.shift(time.getKey(), offsetMillis), latest), last + 1);
            time.setValue(last);
        }
    }

    /** Where a learnt time goes. */
    long inServerTime(long time) {
        return times.getOrDefault(time, 0L);
    }
}
