package io.holdfast.core.exchange;

import io.holdfast.core.Limits;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.ReconcileAnswer;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.protocol.RegisterAnswer;
import io.holdfast.core.protocol.RegisterRequest;
import io.holdfast.core.protocol.RemoteRecord;
import io.holdfast.core.protocol.SchemaRef;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaHash;
import io.holdfast.core.schema.SystemCollections;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The server's side of every scope of one schema: registers replicas, exchanges, reconciles. Keeps no state of its own, so
 * that many may run over one storage. Thread-safe if its storage and random source are.
 *
 * <p>Whether the principal may use the scope at all is for the caller to check.
 */
public final class ScopeServer {

    private final ServerStorage storage;
    private final RequestCheck check;
    private final ServerRules rules;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * A server of one schema.
     *
     * @param schema without the system collections
     * @param random of cryptographic strength: it draws the keys of scopes
     */
    public ScopeServer(
            ServerStorage storage, Schema schema, WriteRules writeRules, InstantSource clock, RandomGenerator random) {
        this.storage = storage;
        this.check = new RequestCheck(new SchemaRef(schema.name(), schema.version(), SchemaHash.of(schema)));
        this.rules = new ServerRules(SystemCollections.addTo(schema), writeRules);
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes a replica known, and brings its scope into being if it is the first.
     *
     * @throws io.holdfast.core.error.HoldfastException PROTOCOL_UNSUPPORTED, SCHEMA_MISMATCH, REQUEST_INVALID, REPLICA_FOREIGN,
     *     and what the storage throws
     */
    public RegisterAnswer register(Principal principal, RegisterRequest request) {
        check.sender(request.sender());
        Caller caller = new Caller(principal, request.sender(), clock.millis());
        Registration registration = new Registration(caller, Entropy.draw(random));
        ScopeView.Touch touch = new ScopeView.Touch(request.sender().replica(), List.of(), List.of());
        return storage.append(request.sender().scope(), touch, registration::decide);
    }

    /**
     * Applies a batch, if there is one, and says what has changed since the cursor. Repeating a request changes nothing.
     *
     * @throws io.holdfast.core.error.HoldfastException PROTOCOL_UNSUPPORTED, SCHEMA_MISMATCH, REQUEST_INVALID, REPLICA_FOREIGN,
     *     BATCH_MALFORMED, BATCH_TOO_LARGE, and what the storage throws; nothing was applied then
     */
    public ExchangeAnswer exchange(Principal principal, ExchangeRequest request) {
        check.exchange(request);
        Caller caller = new Caller(principal, request.sender(), clock.millis());
        ExchangeDecision decision = new ExchangeDecision(caller, request, rules, Entropy.draw(random));
        ExchangeDecision.Ruling ruling = storage.append(request.sender().scope(), decision.touch(), decision::decide);
        long id = request.sender().request();
        return switch (ruling) {
            case ExchangeDecision.Ruling.Unregistered ignored -> new ExchangeAnswer.Unregistered(id, clock.millis());
            case ExchangeDecision.Ruling.Forked ignored -> new ExchangeAnswer.Forked(id, clock.millis());
            case ExchangeDecision.Ruling.EpochChanged changed ->
                new ExchangeAnswer.EpochChanged(id, clock.millis(), changed.forkedAt());
            case ExchangeDecision.Ruling.Applied applied ->
                storage.snapshot(request.sender().scope(), snapshot -> answer(request, applied.results(), snapshot));
        };
    }

    private ExchangeAnswer answer(ExchangeRequest request, List<ChangeResult> results, ScopeSnapshot snapshot) {
        ScopeHead head = head(snapshot);
        List<ChangeResult> filled = fill(results, snapshot);
        int pageMax = Math.clamp(request.pageMax(), 1, Limits.PAGE_RECORDS_MAX);
        Page page = Page.read(snapshot, head, request.cursor(), pageMax);
        Set<Long> told = told(filled);
        return new ExchangeAnswer.Applied(
                request.sender().request(),
                clock.millis(),
                filled,
                page.changes().stream()
                        .filter(record -> !told.contains(record.sequence()))
                        .toList(),
                page.cursor(),
                page.complete(),
                page.complete() ? fingerprint(head) : "",
                page.complete() ? head.root().count() : 0);
    }

    static ScopeHead head(ScopeSnapshot snapshot) {
        return snapshot.head().orElseThrow(() -> new IllegalStateException("a registered replica's scope exists"));
    }

    private static String fingerprint(ScopeHead head) {
        return new Digester(head.key()).fingerprint(head.scope(), head.epoch(), head.sequence(), head.root());
    }

    /** Gives results that were kept without their records those records, as they are now. */
    private static List<ChangeResult> fill(List<ChangeResult> results, ScopeSnapshot snapshot) {
        List<RecordKey> wanted = results.stream()
                .flatMap(ScopeServer::shown)
                .filter(record -> record.state().absent())
                .map(RemoteRecord::key)
                .toList();
        if (wanted.isEmpty()) {
            return results;
        }
        Map<RecordKey, RemoteRecord> found = new HashMap<>();
        snapshot.records(wanted)
                .forEach((key, record) -> found.put(key, new RemoteRecord(key, record.state(), record.sequence())));
        List<ChangeResult> filled = new ArrayList<>(results.size());
        for (ChangeResult result : results) {
            filled.add(
                    switch (result) {
                        case ChangeResult.Accepted accepted -> accepted;
                        case ChangeResult.Refused refused -> refused;
                        case ChangeResult.Merged merged ->
                            new ChangeResult.Merged(
                                    found.getOrDefault(merged.record().key(), merged.record()));
                        case ChangeResult.Conflict conflict ->
                            new ChangeResult.Conflict(
                                    found.getOrDefault(conflict.record().key(), conflict.record()),
                                    conflict.lost(),
                                    conflict.stood());
                    });
        }
        return filled;
    }

    private static Stream<RemoteRecord> shown(ChangeResult result) {
        return switch (result) {
            case ChangeResult.Merged merged -> Stream.of(merged.record());
            case ChangeResult.Conflict conflict -> Stream.of(conflict.record());
            case ChangeResult.Accepted ignored -> Stream.empty();
            case ChangeResult.Refused ignored -> Stream.empty();
        };
    }

    /** Sequences of records that the results already tell. */
    private static Set<Long> told(List<ChangeResult> results) {
        Set<Long> told = new HashSet<>();
        for (ChangeResult result : results) {
            if (result instanceof ChangeResult.Accepted accepted) {
                told.add(accepted.sequence());
            }
            shown(result).map(RemoteRecord::sequence).forEach(told::add);
        }
        return told;
    }

    /**
     * Helps a device to find where it differs. Changes nothing.
     *
     * @throws io.holdfast.core.error.HoldfastException as {@link #exchange}
     */
    public ReconcileAnswer reconcile(Principal principal, ReconcileRequest request) {
        check.sender(request.sender());
        String scope = request.sender().scope();
        Caller caller = new Caller(principal, request.sender(), clock.millis());
        ScopeView.Touch touch = new ScopeView.Touch(request.sender().replica(), List.of(), List.of());
        boolean known = storage.append(scope, touch, view -> {
            view.replica().ifPresent(row -> Registration.requireOwner(row, caller.principal()));
            return ScopeUpdate.nothing(view.replica().isPresent());
        });
        if (!known) {
            return new ReconcileAnswer(
                    request.sender().request(),
                    clock.millis(),
                    List.of(),
                    Cursor.START,
                    new ReconcileAnswer.Reply.Behind());
        }
        return storage.snapshot(scope, snapshot -> new Reconciliation(snapshot, request, clock.millis()).answer());
    }
}
