package io.holdfast.core.local;

import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import java.util.List;
import java.util.Optional;

/**
 * One record as a device holds it: the state the server confirmed, and above it, in order, the changes that are not
 * settled yet. Immutable.
 *
 * <p>Invariants: an offer lies below every edit; at most one edit is not in flight, and it is the last layer.
 *
 * @param confirmed what the server has confirmed; {@link RecordState#ABSENT} if it has never seen the record
 * @param sequence the server's sequence of {@code confirmed}; 0 if absent
 * @param digest of {@code confirmed}; {@link Digest#NONE} if it is not live
 * @param bucket of the key, 0 to 4095; -1 while {@code confirmed} is absent
 * @param layers unsettled changes, oldest first
 * @param released whether the values of {@code confirmed} were given up to make room: the server has them, {@code confirmed} is
 *     absent here, and sequence, digest and bucket are still those of the record, so that proofs go on to hold it to account
 */
public record LocalRecord(
        RecordKey key,
        RecordState confirmed,
        long sequence,
        Digest digest,
        int bucket,
        List<Layer> layers,
        boolean released) {

    /** Copies. */
    public LocalRecord {
        layers = List.copyOf(layers);
    }

    /** A record whose values are here, or that is absent. */
    public LocalRecord(
            RecordKey key, RecordState confirmed, long sequence, Digest digest, int bucket, List<Layer> layers) {
        this(key, confirmed, sequence, digest, bucket, layers, false);
    }

    /** A record that this device knows nothing of. */
    public static LocalRecord absent(RecordKey key) {
        return new LocalRecord(key, RecordState.ABSENT, 0, Digest.NONE, -1, List.of());
    }

    /** Whether nothing waits to be settled: what is visible is what the server confirmed. */
    public boolean clean() {
        return layers.isEmpty();
    }

    /** The layer in a state; of several in flight, the oldest. */
    public Optional<Layer> layer(Layer.State state) {
        for (Layer layer : layers) {
            if (layer.state() == state) {
                return Optional.of(layer);
            }
        }
        return Optional.empty();
    }

    /** The edit that a further edit folds into. */
    public Optional<Layer> open() {
        return layers.isEmpty() || !layers.getLast().open() ? Optional.empty() : Optional.of(layers.getLast());
    }

    /** The same record with other layers. */
    public LocalRecord withLayers(List<Layer> next) {
        return new LocalRecord(key, confirmed, sequence, digest, bucket, next, released);
    }

    /** The same record without its values, which the server has. */
    public LocalRecord release() {
        return new LocalRecord(key, RecordState.ABSENT, sequence, digest, bucket, layers, true);
    }

    /** The same record after the server confirmed a state. */
    public LocalRecord withConfirmed(RecordState state, long atSequence, Digest itsDigest, int itsBucket) {
        return new LocalRecord(key, state, atSequence, itsDigest, itsBucket, layers);
    }
}
