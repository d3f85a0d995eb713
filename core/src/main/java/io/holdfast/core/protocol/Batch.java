package io.holdfast.core.protocol;

import io.holdfast.core.change.Change;
import io.holdfast.core.identity.BatchMark;
import java.util.Arrays;
import java.util.List;

/**
 * A frozen batch as it travels.
 *
 * @param mark its number and hash, as the sender claims
 * @param previous the mark of the batch before
 * @param bytes the changes as JSON, exactly as frozen; shared, not to be modified
 * @param changes what the bytes say; empty on the sender's side, which only passes the bytes on
 */
public record Batch(BatchMark mark, BatchMark previous, byte[] bytes, List<Change> changes) {

    /** Copies the list; the bytes are shared. */
    public Batch {
        changes = List.copyOf(changes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Batch that
                && mark.equals(that.mark)
                && previous.equals(that.previous)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return mark.hashCode();
    }
}
