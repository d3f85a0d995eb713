package io.holdfast.core.local;

import io.holdfast.core.identity.BatchMark;
import java.util.Arrays;

/**
 * A batch whose bytes will never change: retries send exactly these.
 *
 * @param mark its number and hash
 * @param previous the mark of the batch before it
 * @param changes how many changes it holds
 * @param bytes the changes as a JSON array, UTF-8; shared, not to be modified
 */
public record FrozenBatch(BatchMark mark, BatchMark previous, int changes, byte[] bytes) {

    @Override
    public boolean equals(Object other) {
        return other instanceof FrozenBatch that
                && mark.equals(that.mark)
                && previous.equals(that.previous)
                && changes == that.changes
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return mark.hashCode();
    }
}
