package io.holdfast.simulation.world;

import io.holdfast.core.change.Change;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.ReconcileAnswer;
import io.holdfast.core.protocol.ReconcileCodec;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.value.Value;
import io.holdfast.testkit.random.SeededRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The server: the real exchange over storage in memory, behind what HTTP would make of its failures. Not thread-safe. */
public final class ServerNode {

    /** Its name on the network. */
    static final String NAME = "server";

    private final Subject subject;
    private final DeviceClock clock;
    private final Tally tally;
    private final SeededRandom random;
    private final ServerDefects defects;
    private InMemoryServerStorage storage;
    private Optional<InMemoryServerStorage> copy = Optional.empty();
    private Schema schema;
    private ScopeServer server;
    private final Map<String, Access> access = new HashMap<>();
    private boolean strict = true;
    private int troubles;

    ServerNode(
            Subject subject,
            InMemoryServerStorage.Locking locking,
            InstantSource truth,
            SeededRandom random,
            ServerDefects defects,
            Tally tally) {
        this.subject = subject;
        this.schema = subject.schema();
        this.clock = new DeviceClock(truth);
        this.tally = tally;
        this.random = random;
        this.defects = defects;
        this.storage = new InMemoryServerStorage(locking);
        this.server = serve();
    }

    private ScopeServer serve() {
        WriteRules rules = (principal, change, before, after) -> strict && bad(change)
                ? Optional.of(new ChangeResult.Refused(ErrorCode.RULE_REFUSED, "", "This is not allowed now."))
                : Optional.empty();
        return new ScopeServer(
                storage, schema, WriteRules.OPEN.and(this::writable).and(rules), clock, random);
    }

    private Optional<ChangeResult.Refused> writable(
            Principal principal, Change change, RecordState before, RecordState after) {
        return principal.role() == Role.VIEWER
                ? Optional.of(new ChangeResult.Refused(ErrorCode.RULE_REFUSED, "", "You may only read."))
                : Optional.empty();
    }

    private static boolean bad(Change change) {
        for (Cell cell : change.edit().cells().values()) {
            if (cell.value() instanceof Value.Text text && text.text().startsWith(Workload.BAD)) {
                return true;
            }
        }
        return false;
    }

    /** What it holds. */
    public InMemoryServerStorage storage() {
        return storage;
    }

    void rules(boolean beStrict) {
        strict = beStrict;
    }

    /** The next requests are refused. */
    boolean busy(int requests) {
        troubles = requests;
        return true;
    }

    /** From now on a device may do this. */
    void admit(String device, Access granted) {
        access.put(device, granted);
    }

    /** From now on every device may do everything. */
    void admitAll() {
        access.clear();
    }

    /** Its clock. */
    DeviceClock clock() {
        return clock;
    }

    /** From now on it has the next version of the schema; returns whether it had not before. */
    boolean upgrade() {
        boolean older = schema.version() < subject.next().version();
        schema = subject.next();
        server = serve();
        return older;
    }

    boolean save() {
        copy = Optional.of(storage.copy());
        return true;
    }

    boolean restore() {
        copy.ifPresent(saved -> {
            storage = saved.copy();
            server = serve();
        });
        return copy.isPresent();
    }

    /** Sees what came through. */
    interface Witness {
        /** An exchange. */
        void exchanged(ExchangeRequest request, ExchangeAnswer answer);

        /** A comparison. */
        void reconciled(ReconcileRequest request, ReconcileAnswer answer);
    }

    Envelope handle(String device, Envelope asked, Witness witness) {
        if (troubles > 0) {
            troubles--;
            tally.effect(Fault.SERVER_BUSY);
            ErrorCode code = troubles % 2 == 0 ? ErrorCode.UNAVAILABLE : ErrorCode.RATE_LIMITED;
            return asked.refused(new Failure(code, "Not now.", troubles * 500L, true));
        }
        Access granted = access.getOrDefault(device, Access.WRITING);
        granted.cause().ifPresent(tally::effect);
        if (granted.refusal().isPresent()) {
            return asked.refused(new Failure(granted.refusal().get(), "This token does not do.", 0, true));
        }
        return handle(granted.principal(), asked, witness);
    }

    private Envelope handle(Principal principal, Envelope asked, Witness witness) {
        try {
            return asked.answer(
                    switch (asked.kind()) {
                        case REGISTER ->
                            ExchangeCodec.write(
                                    server.register(principal, ExchangeCodec.readRegisterRequest(asked.bytes())));
                        case EXCHANGE -> exchange(principal, asked.bytes(), witness);
                        case RECONCILE -> reconcile(principal, asked.bytes(), witness);
                        case HINT -> throw new IllegalStateException("a server gets no hints");
                    });
        } catch (HoldfastException refusal) {
            return asked.refused(new Failure(refusal.code(), String.valueOf(refusal.getMessage()), 0, true));
        }
    }

    private byte[] exchange(Principal principal, byte[] bytes, Witness witness) {
        ExchangeRequest sent = ExchangeCodec.readExchangeRequest(bytes);
        ExchangeRequest request = defects.received(sent, storage);
        ExchangeAnswer answer = defects.answered(request, server.exchange(principal, request), storage);
        witness.exchanged(sent, answer);
        return ExchangeCodec.write(answer);
    }

    private byte[] reconcile(Principal principal, byte[] bytes, Witness witness) {
        ReconcileRequest request = ReconcileCodec.readReconcileRequest(bytes);
        ReconcileAnswer answer = server.reconcile(principal, request);
        witness.reconciled(request, answer);
        return ReconcileCodec.write(answer);
    }
}
