package io.holdfast.core.exchange;

import io.holdfast.core.Limits;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.local.Proof;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.ReconcileAnswer;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.protocol.RegisterAnswer;
import io.holdfast.core.protocol.RegisterRequest;
import io.holdfast.core.protocol.SchemaRef;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaHash;
import io.holdfast.core.schema.SystemCollections;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The server's side of every scope of one schema: registers replicas, exchanges, reconciles. Keeps no state of its own, so
 * that many may run over one storage. Thread-safe if its storage and random source are.
 *
 * <p>Whether the principal may use the scope at all is for the caller to check.
 */
public final class ScopeServer {

    /** In whose name rows are taken in that other programs wrote. */
    public static final String FOREIGN = "another program";

    private final ServerStorage storage;
    private final RequestCheck check;
    private final Schema schema;
    private final WriteRules writeRules;
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
        this(storage, schema, writeRules, DecisionRules.NONE, clock, random);
    }

    private ScopeServer(
            ServerStorage storage,
            Schema schema,
            WriteRules writeRules,
            DecisionRules decisions,
            InstantSource clock,
            RandomGenerator random) {
        this.storage = storage;
        this.check = new RequestCheck(new SchemaRef(schema.name(), schema.version(), SchemaHash.of(schema)));
        this.schema = schema;
        this.writeRules = writeRules;
        this.rules = new ServerRules(SystemCollections.addTo(schema), writeRules, decisions);
        this.clock = clock;
        this.random = random;
    }

    /** The same server, with an application that decides along. */
    public ScopeServer deciding(DecisionRules decisions) {
        return new ScopeServer(storage, schema, writeRules, decisions, clock, random);
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
        Entropy entropy = Entropy.draw(random);
        ExchangeDecision.Ruling ruling = rule(new ExchangeDecision(caller, request, rules, entropy, false));
        if (ruling instanceof ExchangeDecision.Ruling.Damaged damaged) {
            storage.mend(
                    request.sender().scope(),
                    snapshot -> ScopeScrub.judge(snapshot, damaged.keys(), caller.nowMillis()));
            ruling = rule(new ExchangeDecision(caller, request, rules, entropy, true));
        }
        long id = request.sender().request();
        return switch (ruling) {
            case ExchangeDecision.Ruling.Unregistered ignored -> new ExchangeAnswer.Unregistered(id, clock.millis());
            case ExchangeDecision.Ruling.Damaged again ->
                throw new IllegalStateException("rows were judged: " + again.keys());
            case ExchangeDecision.Ruling.Forked ignored -> new ExchangeAnswer.Forked(id, clock.millis());
            case ExchangeDecision.Ruling.EpochChanged changed ->
                new ExchangeAnswer.EpochChanged(id, clock.millis(), changed.forkedAt());
            case ExchangeDecision.Ruling.Applied applied ->
                storage.snapshot(request.sender().scope(), snapshot -> answer(request, applied.results(), snapshot));
        };
    }

    private ExchangeDecision.Ruling rule(ExchangeDecision decision) {
        return storage.append(decision.request().sender().scope(), decision.touch(), decision::decide);
    }

    private ExchangeAnswer answer(ExchangeRequest request, List<ChangeResult> results, ScopeSnapshot snapshot) {
        ScopeHead head = head(snapshot);
        ToldResults told = new ToldResults(results, snapshot);
        Page page = page(request, told, head, snapshot);
        return new ExchangeAnswer.Applied(
                request.sender().request(),
                clock.millis(),
                told.results(),
                told.untold(page.changes()),
                page.cursor(),
                page.complete(),
                page.complete() ? fingerprint(head) : "",
                page.complete() ? head.root().count() : 0);
    }

    /** A batch is mostly all that has happened since its replica's cursor: then its records are not read again to be left out. */
    private static Page page(ExchangeRequest request, ToldResults told, ScopeHead head, ScopeSnapshot snapshot) {
        int pageMax = Math.clamp(request.pageMax(), 1, Limits.PAGE_RECORDS_MAX);
        long after = request.cursor().sequence();
        return head.sequence() - after <= pageMax && told.tellAll(after, head.sequence())
                ? Page.end(head)
                : Page.read(snapshot, head, request.cursor(), new Page.Size(pageMax, told.bytesLeft()));
    }

    static ScopeHead head(ScopeSnapshot snapshot) {
        return snapshot.head().orElseThrow(() -> new IllegalStateException("a registered replica's scope exists"));
    }

    private static String fingerprint(ScopeHead head) {
        return new Digester(head.key()).fingerprint(head.scope(), head.epoch(), head.sequence(), head.root());
    }

    /** Brings a scope into being if it is not there yet: for programs that write to it before any device does. */
    public void found(String scope) {
        Entropy entropy = Entropy.draw(random);
        storage.append(
                scope,
                new ScopeView.Touch("", List.of(), List.of()),
                view -> new ScopeUpdate<>(
                        view.head().isPresent()
                                ? Optional.empty()
                                : Optional.of(new ScopeHead(
                                        scope, entropy.key(), entropy.firstEpoch(), 0, "", DigestSum.ZERO)),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        true));
    }

    /**
     * Writes records of a scope by the server's own hand, for a person or program there: one append among those of devices, who
     * get it as any other change. Roles and write rules are for the caller to check.
     *
     * @param touched the records that the body looks at or writes, unless it writes new ones only
     * @param body gets each touched record as it stands; pure, and may be called again
     * @throws io.holdfast.core.error.HoldfastException NOT_FOUND if there is no such scope, and what the storage and the body
     *     throw; nothing was written then
     */
    public <T> T write(
            Principal principal,
            String scope,
            List<RecordKey> touched,
            Function<Function<RecordKey, RecordState>, ServerWork<T>> body) {
        ServerHand<T> hand = new ServerHand<>(rules, principal, clock.millis(), body);
        return storage.append(scope, new ScopeView.Touch("", touched, List.of()), hand::decide);
    }

    /**
     * What brings a scope into being with some records in it, for whoever writes many scopes at once; nothing is stored here.
     *
     * @param writes by the server's own hand, to records that are not there
     */
    public ScopeUpdate<Boolean> beginning(Principal principal, String scope, List<ServerWrite> writes) {
        ScopeHead head = Entropy.draw(random).firstHead(scope);
        ServerHand<Boolean> hand =
                new ServerHand<>(rules, principal, clock.millis(), state -> new ServerWork<>(writes, true));
        return hand.decide(new ScopeView(Optional.of(head), Optional.empty(), Map.of(), List.of()));
    }

    /**
     * Takes into their records what other programs wrote to the rows of a scope, which comes into being if it is not there: one
     * append, after which devices get it as any other change. A row that the schema does not allow becomes a gap.
     *
     * @param keys records of collections of this schema; those that nobody wrote meanwhile stay as they are
     * @return the scope's sequence then
     * @throws io.holdfast.core.error.HoldfastException what the storage throws; nothing was taken in then
     */
    public long fold(String scope, List<RecordKey> keys) {
        Principal other = new Principal(FOREIGN, Role.OPERATOR);
        ServerHand<Boolean> hand =
                new ServerHand<>(rules, other, clock.millis(), state -> new ServerWork<>(List.of(), true));
        Entropy entropy = Entropy.draw(random);
        return storage.append(scope, new ScopeView.Touch("", keys, List.of()), view -> hand.fold(view, scope, entropy));
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
        Compared compared = storage.snapshot(scope, snapshot -> {
            Reconciliation reconciliation = new Reconciliation(snapshot, request, clock.millis());
            return new Compared(reconciliation.answer(), reconciliation.rootWrong());
        });
        if (compared.rootWrong()) {
            storage.mend(scope, snapshot -> ScopeScrub.mendRoot(snapshot, clock.millis()));
        }
        if (compared.answer().reply() instanceof ReconcileAnswer.Reply.Nodes nodes) {
            ScopeProof proof = proof(request, compared.answer(), nodes);
            storage.append(scope, touch, view -> ScopeUpdate.nothing(true).with(Evidence.of(proof)));
        }
        return compared.answer();
    }

    private record Compared(ReconcileAnswer answer, boolean rootWrong) {}

    /** What the first step of a comparison shows the server, too. */
    private static ScopeProof proof(
            ReconcileRequest request, ReconcileAnswer answer, ReconcileAnswer.Reply.Nodes nodes) {
        return new ScopeProof(
                request.sender().replica(),
                new Proof(
                        request.nonce().isEmpty() ? Proof.Level.L0 : Proof.Level.L2,
                        nodes.leaves().isEmpty(),
                        answer.serverMillis(),
                        nodes.records(),
                        answer.cursor().sequence()));
    }
}
