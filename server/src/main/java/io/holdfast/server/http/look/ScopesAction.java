package io.holdfast.server.http.look;

import io.holdfast.core.document.DocumentWriter;
import io.holdfast.core.exchange.Loser;
import io.holdfast.core.exchange.ReplicaRow;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ScopeProof;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.local.Proof;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.RecordKey;
import io.holdfast.server.auth.Access;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.problem.HttpRefusal;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** The state of scopes, and what did not stand in them. Thread-safe. */
public final class ScopesAction {

    private static final int LIMIT_MAX = 500;
    private static final int LIMIT_DEFAULT = 50;
    private static final int REPLICAS_MAX = 100;
    private static final int MILLIS = 1_000;

    private final ServerStorage storage;
    private final InstantSource clock;
    private final ScopeReading reading;

    /** Reads that storage. */
    public ScopesAction(ServerStorage storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
        this.reading = new ScopeReading(storage);
    }

    /** {@code GET /v1/scopes}: those that the token covers, a page at a time, with their replicas. */
    public Answer list(Call call) {
        call.query().requireOnly(Set.of("limit", "page"));
        int limit = call.query().number("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
        List<String> found =
                storage.scopes(Continuation.key(call.query().one("page").orElse("")), limit);
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            out.writeStartObject();
            out.writeArrayPropertyStart("scopes");
            found.stream()
                    .filter(scope -> call.access().token().covers(scope))
                    .forEach(scope -> storage.snapshot(scope, snapshot -> state(out, snapshot)));
            out.writeEndArray();
            if (found.size() == limit) {
                out.writeStringProperty("next", Continuation.after(found.getLast()));
            }
            out.writeEndObject();
        }
        return Answer.json(text.toString());
    }

    private Optional<ScopeHead> state(JsonGenerator out, ScopeSnapshot snapshot) {
        Optional<ScopeHead> head = snapshot.head();
        head.ifPresent(row -> {
            out.writeStartObject();
            out.writeStringProperty("scope", row.scope());
            out.writeStringProperty("epoch", row.epoch());
            out.writeNumberProperty("sequence", row.sequence());
            out.writeNumberProperty("records", row.root().count());
            out.writeStringProperty(
                    "fingerprint",
                    new Digester(row.key()).fingerprint(row.scope(), row.epoch(), row.sequence(), row.root()));
            out.writeNumberProperty("openGaps", snapshot.trail().unclosed());
            out.writeArrayPropertyStart("proofs");
            snapshot.proofs(REPLICAS_MAX).forEach(proof -> proof(out, proof));
            out.writeEndArray();
            out.writeArrayPropertyStart("replicas");
            snapshot.replicas(REPLICAS_MAX).forEach(replica -> replica(out, replica, row.sequence()));
            out.writeEndArray();
            out.writeEndObject();
        });
        return head;
    }

    private void proof(JsonGenerator out, ScopeProof found) {
        Proof proof = found.proof();
        out.writeStartObject();
        out.writeStringProperty("level", proof.level().name());
        if (!found.replica().isEmpty()) {
            out.writeStringProperty("replica", found.replica());
        }
        out.writeBooleanProperty("equal", proof.equal());
        out.writeStringProperty("at", Instant.ofEpochMilli(proof.atMillis()).toString());
        out.writeNumberProperty("ageSeconds", Math.max(0, clock.millis() - proof.atMillis()) / MILLIS);
        out.writeNumberProperty("records", proof.records());
        out.writeEndObject();
    }

    private static void replica(JsonGenerator out, ReplicaRow replica, long sequence) {
        out.writeStartObject();
        out.writeStringProperty("replica", replica.replica());
        out.writeStringProperty("principal", replica.principal());
        out.writeNumberProperty("batches", replica.last().number());
        out.writeNumberProperty("sequence", replica.sequence());
        out.writeNumberProperty("behind", Math.max(0, sequence - replica.sequence()));
        out.writeStringProperty(
                "seenAt", Instant.ofEpochMilli(replica.seenAtMillis()).toString());
        out.writeEndObject();
    }

    /**
     * {@code GET /v1/scopes/{scope}/history}: what was offered and does not stand, newest first; of one record with
     * {@code collection} and {@code id}.
     */
    public Answer history(Call call) {
        call.query().requireOnly(Set.of("collection", "id", "limit"));
        int limit = call.query().number("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
        Optional<RecordKey> key = key(call);
        Access access = call.access();
        List<Loser> losers = reading.read(
                access,
                call.path("scope"),
                snapshot -> key.isPresent() ? snapshot.history(key.get(), limit) : snapshot.history(limit));
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            out.writeStartObject();
            out.writeArrayPropertyStart("history");
            losers.forEach(loser -> loser(out, loser));
            out.writeEndArray();
            out.writeEndObject();
        }
        return Answer.json(text.toString());
    }

    private static Optional<RecordKey> key(Call call) {
        Optional<String> collection = call.query().one("collection");
        Optional<String> id = call.query().one("id");
        if (collection.isPresent() != id.isPresent()) {
            throw HttpRefusal.invalid(
                    "The address names a collection without an id, or the reverse; give both or none.");
        }
        return collection.flatMap(name -> id.map(which -> new RecordKey(name, which)));
    }

    private static void loser(JsonGenerator out, Loser loser) {
        out.writeStartObject();
        out.writeStringProperty("collection", loser.key().collection());
        out.writeStringProperty("id", loser.key().id());
        out.writeNumberProperty("sequence", loser.sequence());
        out.writeStringProperty("replica", loser.replica());
        out.writeStringProperty("at", Instant.ofEpochMilli(loser.atMillis()).toString());
        out.writeBooleanProperty("deletion", !loser.lost().deleted().isNone());
        out.writeObjectPropertyStart("lost");
        loser.lost().cells().forEach((name, cell) -> {
            out.writeName(name);
            DocumentWriter.write(cell.value(), out);
        });
        out.writeEndObject();
        out.writeEndObject();
    }
}
