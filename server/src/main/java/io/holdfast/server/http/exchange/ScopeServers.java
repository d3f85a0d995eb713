package io.holdfast.server.http.exchange;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.protocol.Sender;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SystemCollections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The schemas that one server process serves, each with what decides for it. Thread-safe. */
public final class ScopeServers {

    private final Map<String, ScopeServer> byName = new HashMap<>();
    private final Map<String, ScopeServer> byCollection = new HashMap<>();
    private final Schema all;

    /**
     * Servers of some schemas.
     *
     * @param schemas no two of a name, and no two with a collection of the same name: tables are named after collections
     * @param server makes the server of one schema
     */
    public ScopeServers(List<Schema> schemas, Function<Schema, ScopeServer> server) {
        TreeMap<String, CollectionSchema> collections = new TreeMap<>();
        for (Schema schema : schemas) {
            ScopeServer serving = server.apply(schema);
            if (byName.put(schema.name(), serving) != null) {
                throw invalid("two schemas are named " + schema.name());
            }
            SystemCollections.addTo(schema).collections().keySet().forEach(name -> byCollection.put(name, serving));
            schema.collections().forEach((name, collection) -> {
                if (collections.put(name, collection) != null) {
                    throw invalid("two schemas have a collection " + name);
                }
            });
        }
        all = SystemCollections.addTo(new Schema("all", 1, collections));
    }

    private static HoldfastException invalid(String what) {
        return new HoldfastException(
                ErrorCode.SCHEMA_INVALID, "The schemas do not go together: " + what + "; rename one.");
    }

    /**
     * The server of the schema that a device uses.
     *
     * @throws HoldfastException SCHEMA_MISMATCH
     */
    ScopeServer of(Sender sender) {
        ScopeServer server = byName.get(sender.schema().name());
        if (server == null) {
            throw new HoldfastException(
                    ErrorCode.SCHEMA_MISMATCH,
                    "This server does not hold the device's schema; it holds "
                            + String.join(
                                    ", ", byName.keySet().stream().sorted().toList())
                            + ": give both the same schema, the server first.");
        }
        return server;
    }

    /**
     * The server of the schema of that name.
     *
     * @throws IllegalArgumentException if none is served
     */
    public ScopeServer of(String schema) {
        ScopeServer server = byName.get(schema);
        if (server == null) {
            throw new IllegalArgumentException("no schema " + schema + " is served");
        }
        return server;
    }

    /** Who decides about a collection; absent if no schema here has it. */
    public Optional<ScopeServer> ofCollection(String collection) {
        return Optional.ofNullable(byCollection.get(collection));
    }

    /** Every collection of every schema, and the system's own. */
    public Schema all() {
        return all;
    }
}
