package io.holdfast.server.foreign;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ForeignWaiting;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.record.RecordKey;
import io.holdfast.server.metrics.ForeignMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in, a step at a time, what other programs wrote: one append for each scope and schema. Any number of processes may do so
 * on one database, since an append takes in what is still waiting when it holds the scope. Not thread-safe.
 */
public final class Folder {

    private static final Logger LOG = LoggerFactory.getLogger(Folder.class);

    /** Writes looked at in one step, and records in one append. */
    private static final int STEP = 1_000;

    private final ServerStorage storage;
    private final Function<String, Optional<ScopeServer>> servers;
    private final ObjLongConsumer<String> moved;
    private final ForeignMetrics metrics;

    /** What waits up to there could not be taken in when it was last tried. */
    private long passed;

    /**
     * A folder.
     *
     * @param servers who decides about a collection; absent if this process does not serve it: another will
     * @param moved is told each scope that moved, and its sequence
     */
    public Folder(
            ServerStorage storage,
            Function<String, Optional<ScopeServer>> servers,
            ObjLongConsumer<String> moved,
            ForeignMetrics metrics) {
        this.storage = storage;
        this.servers = servers;
        this.moved = moved;
        this.metrics = metrics;
    }

    /** What a step came to. */
    public enum Outcome {
        /** Something was taken in; more may be waiting. */
        FOLDED,
        /** Nothing of what was looked at could be taken in, by this process or at all; behind it more may be waiting. */
        PASSED_OVER,
        /** Nothing is left that could be taken in. */
        IDLE
    }

    /**
     * Takes in what waits, at most so much. A record that fails, or that no schema of this process has, keeps no other waiting: the
     * next step looks behind it, and comes back to it after the last.
     */
    public Outcome step() {
        ForeignWaiting waiting = storage.foreign(passed, STEP);
        metrics.waiting(
                waiting.records().values().stream().mapToLong(List::size).sum());
        boolean some = false;
        for (Map.Entry<String, List<RecordKey>> scope : waiting.records().entrySet()) {
            some |= fold(scope.getKey(), scope.getValue());
        }
        if (some) {
            return Outcome.FOLDED;
        }
        boolean more = waiting.notes() == STEP;
        passed = more ? waiting.last() : 0;
        return more ? Outcome.PASSED_OVER : Outcome.IDLE;
    }

    private boolean fold(String scope, List<RecordKey> keys) {
        Map<String, List<RecordKey>> byCollection = new TreeMap<>();
        keys.forEach(key -> byCollection
                .computeIfAbsent(key.collection(), name -> new ArrayList<>())
                .add(key));
        boolean some = false;
        for (Map.Entry<String, List<RecordKey>> collection : byCollection.entrySet()) {
            Optional<ScopeServer> server = servers.apply(collection.getKey());
            some |= server.isPresent() && fold(server.get(), scope, collection.getValue());
        }
        return some;
    }

    /** All at once or, if some of them cannot be taken in, the others. */
    private boolean fold(ScopeServer server, String scope, List<RecordKey> keys) {
        try {
            moved.accept(scope, server.fold(scope, keys));
            metrics.folded(keys.size());
            return true;
        } catch (HoldfastException failed) {
            if (failed.code() == ErrorCode.INTERNAL && keys.size() > 1) {
                return halves(server, scope, keys);
            }
            LOG.atWarn()
                    .addKeyValue("scope", scope)
                    .addKeyValue("code", failed.code())
                    .log("writes of other programs wait: " + failed.getMessage());
            return false;
        } catch (RuntimeException defect) {
            if (keys.size() > 1) {
                return halves(server, scope, keys);
            }
            LOG.error("a defect keeps a write of another program to " + keys.getFirst() + " waiting", defect);
            return false;
        }
    }

    /** What the database or a defect refuses stands alone in the end. */
    private boolean halves(ScopeServer server, String scope, List<RecordKey> keys) {
        int half = keys.size() / 2;
        boolean first = fold(server, scope, keys.subList(0, half));
        boolean second = fold(server, scope, keys.subList(half, keys.size()));
        return first || second;
    }
}
