package io.holdfast.cli.sync;

import io.holdfast.cli.device.ServerSettings;
import io.holdfast.client.SyncStatus;
import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.local.DeviceState;
import io.holdfast.store.Store;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** How a store stands, as it says so itself. Immutable. */
record StoreStatus(
        String replica,
        String scope,
        long records,
        SyncStatus.Unsettled counts,
        Cursor cursor,
        Optional<String> server,
        SyncStatus.Evidence evidence) {

    /** The status of a store that no client follows. */
    static StoreStatus of(Store store) {
        DeviceState device = store.device();
        Account account = store.review().account();
        return new StoreStatus(
                device.identity().replica(),
                device.identity().scope(),
                store.records(),
                new SyncStatus.Unsettled(
                        account.in(ChangeState.PENDING),
                        account.in(ChangeState.IN_FLIGHT),
                        account.in(ChangeState.QUARANTINED),
                        store.review().openConflicts()),
                device.progress().cursor(),
                ServerSettings.server(store).map(URI::toString),
                store.storage().read(SyncStatus.Evidence::of));
    }

    /** The status as a client sees it. */
    static StoreStatus of(SyncStatus status) {
        return new StoreStatus(
                status.replica(),
                status.scope(),
                status.records(),
                status.counts(),
                status.cursor(),
                Optional.of(status.server()),
                status.evidence());
    }

    /** Writes the members of the object that {@code holdfast status --json} prints. */
    void write(JsonGenerator json, Instant now) {
        json.writeStringProperty("replica", replica);
        json.writeStringProperty("scope", scope);
        json.writeNumberProperty("records", records);
        json.writeNumberProperty("pending", counts.pending());
        json.writeNumberProperty("inFlight", counts.inFlight());
        json.writeNumberProperty("quarantined", counts.quarantined());
        json.writeNumberProperty("conflicts", counts.conflicts());
        json.writeNumberProperty("cursor", cursor.sequence());
        json.writeName("server");
        server.ifPresentOrElse(json::writeString, json::writeNull);
        json.writeName("lastProof");
        ProofJson.write(evidence.lastProof(), json);
        ProofJson.writeAll(evidence.proofs(), now, json);
        json.writeNumberProperty("openGaps", evidence.openGaps());
        json.writeName("recognised");
        evidence.recognised().ifPresentOrElse(entry -> recognised(entry, json), json::writeNull);
    }

    private static void recognised(AuditEntry entry, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("event", entry.event().name());
        json.writeStringProperty("at", Instant.ofEpochMilli(entry.atMillis()).toString());
        json.writeStringProperty("text", entry.detail());
        json.writeEndObject();
    }
}
