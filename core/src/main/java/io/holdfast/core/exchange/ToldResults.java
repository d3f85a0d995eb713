package io.holdfast.core.exchange;

import io.holdfast.core.Limits;
import io.holdfast.core.protocol.BatchCodec;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.RemoteRecord;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The results of a batch as an answer tells them: with the records they show, as far as these fit into a page. A record that
 * does not fit is named without its state; it comes with the changes, at the latest in the next answers, because its
 * sequence is past the cursor. Results that were kept without their records get them as they are now. Not thread-safe.
 */
final class ToldResults {

    /** Records looked up at a time. */
    private static final int LOOKUP = 500;

    private final ScopeSnapshot snapshot;
    private final List<ChangeResult> kept;
    private final List<ChangeResult> results = new ArrayList<>();
    private final Set<Long> sequences = new HashSet<>();
    private Map<RecordKey, ServerRecord> found = Map.of();
    private long bytes;

    ToldResults(List<ChangeResult> kept, ScopeSnapshot snapshot) {
        this.kept = kept;
        this.snapshot = snapshot;
        for (int i = 0; i < kept.size(); i++) {
            if (i % LOOKUP == 0) {
                found = bytes > Limits.PAGE_BYTES_MAX ? Map.of() : lookUp(i);
            }
            results.add(told(kept.get(i)));
        }
    }

    private Map<RecordKey, ServerRecord> lookUp(int from) {
        List<RecordKey> keys = new ArrayList<>();
        for (ChangeResult result : kept.subList(from, Math.min(kept.size(), from + LOOKUP))) {
            switch (result) {
                case ChangeResult.Merged merged -> addIfBare(keys, merged.record());
                case ChangeResult.Conflict conflict -> addIfBare(keys, conflict.record());
                case ChangeResult.Accepted ignored -> {}
                case ChangeResult.Refused ignored -> {}
            }
        }
        return keys.isEmpty() ? Map.of() : new HashMap<>(snapshot.records(keys));
    }

    private static void addIfBare(List<RecordKey> keys, RemoteRecord record) {
        if (record.state().absent()) {
            keys.add(record.key());
        }
    }

    private ChangeResult told(ChangeResult result) {
        return switch (result) {
            case ChangeResult.Accepted accepted -> {
                sequences.add(accepted.sequence());
                yield accepted;
            }
            case ChangeResult.Refused refused -> refused;
            case ChangeResult.Merged merged -> new ChangeResult.Merged(shown(merged.record()));
            case ChangeResult.Conflict conflict ->
                new ChangeResult.Conflict(shown(conflict.record()), conflict.lost(), conflict.stood());
        };
    }

    private RemoteRecord shown(RemoteRecord record) {
        ServerRecord now = found.get(record.key());
        RemoteRecord whole = record.state().absent() && now != null
                ? new RemoteRecord(now.key(), now.state(), now.sequence())
                : record;
        if (bytes > Limits.PAGE_BYTES_MAX) {
            return new RemoteRecord(whole.key(), RecordState.ABSENT, whole.sequence());
        }
        bytes += BatchCodec.sizeHint(whole.state());
        if (!whole.state().absent()) {
            sequences.add(whole.sequence());
        }
        return whole;
    }

    /** One for each change of the batch, in its order. */
    List<ChangeResult> results() {
        return List.copyOf(results);
    }

    /** The changes of which no result tells all. */
    List<RemoteRecord> untold(List<RemoteRecord> changes) {
        if (sequences.isEmpty() || changes.isEmpty()) {
            return changes;
        }
        List<RemoteRecord> untold = new ArrayList<>(changes.size());
        for (RemoteRecord change : changes) {
            if (!sequences.contains(change.sequence())) {
                untold.add(change);
            }
        }
        return untold;
    }

    /**
     * Whether the results tell everything that stands in a range of sequences, so that nobody needs to look for more: no two
     * records share a sequence.
     */
    boolean tellAll(long after, long upTo) {
        if (upTo - after > sequences.size()) {
            return false;
        }
        for (long sequence = after + 1; sequence <= upTo; sequence++) {
            if (!sequences.contains(sequence)) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes of changes the answer still has room for; at least 1, so that it always makes progress. */
    long bytesLeft() {
        return Math.max(1, Limits.PAGE_BYTES_MAX - bytes);
    }
}
