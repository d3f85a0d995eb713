package io.holdfast.server.run;

import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.reconcile.ContentDigester;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.value.Sha256;
import io.holdfast.server.audit.Target;
import io.holdfast.server.run.lease.Lease;
import io.holdfast.server.run.lease.Leases;
import io.holdfast.server.run.write.WriteDecision;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.table.TableCheck;
import io.holdfast.server.system.Machine;
import io.holdfast.sources.mapping.DeletionPolicy;
import io.holdfast.sources.mapping.MappedField;
import io.holdfast.sources.mapping.Mapping;
import java.util.List;
import java.util.Optional;

/**
 * The target's side of a run: where records are compared and written.
 *
 * @param storage refuses every append once the lease is another's
 * @param readings what verified readings of the source came to
 */
record Side(Target target, ServerStorage storage, ScopeServer server, WriteDecision decision, Readings readings) {

    /** In whose name runs write. */
    static final Principal PRINCIPAL = new Principal("holdfast", Role.ADMIN);

    /**
     * Opens it: makes table and scope if they are not there.
     *
     * @throws io.holdfast.core.error.HoldfastException SCHEMA_MISMATCH if another program's table has the name, or took columns away
     */
    static Side open(Database database, Machine machine, Lease lease, Mapping mapping) {
        Schema schema = TargetSchema.of(database, mapping);
        SqlServerStorage storage =
                SqlServerStorage.over(database, List.of(schema)).guarded(Leases.fence(lease));
        database.<Boolean>read(session -> {
            TableCheck.require(session, mapping.schema().collectionOrUnknown(mapping.target()));
            return true;
        });
        return of(storage, schema, machine, lease.target(), mapping).remembering(Readings.in(database));
    }

    /** The same with a memory of readings. */
    Side remembering(Readings memory) {
        return new Side(target, storage, server, decision, memory);
    }

    /** A target in a storage; makes the scope if it is not there. */
    static Side of(ServerStorage storage, Schema schema, Machine machine, Target target, Mapping mapping) {
        ScopeServer server = new ScopeServer(storage, schema, WriteRules.OPEN, machine.clock(), machine.random());
        server.found(target.scope());
        Optional<String> mark =
                mapping.deletions() == DeletionPolicy.MARK ? Optional.of(Mapping.MISSING_FIELD) : Optional.empty();
        ContentDigester digester = new ContentDigester(
                        salt(storage, target),
                        mapping.fields().stream().map(MappedField::name).toList())
                .passingOver(mark);
        return new Side(
                target,
                storage,
                server,
                new WriteDecision(target.collection(), digester, mapping.timestamp(), mark),
                Readings.NONE);
    }

    /** Made from the scope's key, so that nobody who fills a sheet can look for rows whose digests cancel out. */
    private static byte[] salt(ServerStorage storage, Target target) {
        return storage.snapshot(target.scope(), snapshot -> {
            byte[] key = snapshot.head().orElseThrow().key().bytes();
            return new Sha256().text("contents").bytes(key).digest();
        });
    }

    ContentDigester digester() {
        return decision.digester();
    }
}
