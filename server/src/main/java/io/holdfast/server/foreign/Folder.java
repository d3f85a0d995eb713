package io.holdfast.server.foreign;

import io.holdfast.core.error.HoldfastException;
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

    /** Takes in what waits, at most so much, and says whether more may be waiting. A record that fails keeps no other waiting. */
    public boolean step() {
        Map<String, List<RecordKey>> waiting = storage.foreign(STEP);
        metrics.waiting(waiting.values().stream().mapToLong(List::size).sum());
        boolean some = false;
        for (Map.Entry<String, List<RecordKey>> scope : waiting.entrySet()) {
            some |= fold(scope.getKey(), scope.getValue());
        }
        return some;
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

    /** All at once or, if that fails, one by one. */
    private boolean fold(ScopeServer server, String scope, List<RecordKey> keys) {
        try {
            moved.accept(scope, server.fold(scope, keys));
            metrics.folded(keys.size());
            return true;
        } catch (HoldfastException failed) {
            LOG.atWarn()
                    .addKeyValue("scope", scope)
                    .addKeyValue("code", failed.code())
                    .log("writes of other programs wait: " + failed.getMessage());
            return false;
        } catch (RuntimeException defect) {
            if (keys.size() > 1) {
                return keys.stream()
                        .map(key -> fold(server, scope, List.of(key)))
                        .reduce(false, Boolean::logicalOr);
            }
            LOG.error("a defect keeps a write of another program to " + keys.getFirst() + " waiting", defect);
            return false;
        }
    }
}
