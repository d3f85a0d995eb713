package io.holdfast.core.local;

import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.HybridTime;
import java.util.Arrays;

/**
 * Moves the stamps of one batch from the local clock's time into the server's. Order is kept; what would lie in the future
 * is set to now, one tick after the other.
 */
final class ClockCorrection {

    private final long offsetMillis;
    private final long latest;
    private long[] learnt = new long[64];
    private long[] corrected = new long[0];
    private int size;

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
        long last = edit.deleted().time();
        learn(last);
        for (Cell cell : edit.cells().values()) {
            if (cell.stamp().time() != last) {
                last = cell.stamp().time();
                learn(last);
            }
        }
    }

    private void learn(long time) {
        if (size == learnt.length) {
            learnt = Arrays.copyOf(learnt, 2 * size);
        }
        learnt[size++] = time;
    }

    /** Works out where each learnt time goes. */
    void prepare() {
        Arrays.sort(learnt, 0, size);
        int distinct = 0;
        for (int i = 0; i < size; i++) {
            if (distinct == 0 || learnt[i] != learnt[distinct - 1]) {
                learnt[distinct++] = learnt[i];
            }
        }
        size = distinct;
        corrected = new long[size];
        long last = 0;
        for (int i = 0; i < size; i++) {
            last = Math.max(Math.min(HybridTime.shift(learnt[i], offsetMillis), latest), last + 1);
            corrected[i] = last;
        }
    }

    /** Where a learnt time goes. */
    long inServerTime(long time) {
        int index = Arrays.binarySearch(learnt, 0, size, time);
        return index < 0 ? 0 : corrected[index];
    }
}
