package io.holdfast.simulation.world;

import io.holdfast.core.change.Change;
import io.holdfast.core.exchange.ReplicaRow;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.protocol.Batch;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.RemoteRecord;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.CounterValue;
import io.holdfast.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The deliberate defects of a server. Not thread-safe. */
final class ServerDefects {

    /** Every so many answers are wrong, so that a world gets somewhere. */
    private static final int EVERY = 5;

    private final Mutation mutation;
    private int answers;

    ServerDefects(Mutation mutation) {
        this.mutation = mutation;
    }

    /** The request as the server reads it. */
    ExchangeRequest received(ExchangeRequest request, InMemoryServerStorage storage) {
        return switch (mutation) {
            case DIVIDE_GROUPS -> divided(request);
            case BLIND_TO_RESTORES -> knows(request, storage) ? request : fromTheBeginning(request, storage);
            default -> request;
        };
    }

    private static boolean knows(ExchangeRequest request, InMemoryServerStorage storage) {
        Cursor head = request.cursor().head();
        return storage.snapshot(request.sender().scope(), snapshot -> snapshot.link(head))
                .filter(link -> link.chain().equals(head.chain()))
                .isPresent();
    }

    private static ExchangeRequest fromTheBeginning(ExchangeRequest request, InMemoryServerStorage storage) {
        BatchMark stands =
                storage.snapshot(request.sender().scope(), snapshot -> snapshot.replicas(Integer.MAX_VALUE)).stream()
                        .filter(row -> row.replica().equals(request.sender().replica()))
                        .map(ReplicaRow::last)
                        .findFirst()
                        .orElse(BatchMark.NONE);
        return new ExchangeRequest(
                request.sender(), Cursor.START, request.earlier(), stands, request.batch(), request.pageMax());
    }

    private static ExchangeRequest divided(ExchangeRequest request) {
        return new ExchangeRequest(
                request.sender(),
                request.cursor(),
                request.earlier(),
                request.settled(),
                request.batch()
                        .map(batch -> new Batch(
                                batch.mark(),
                                batch.previous(),
                                batch.bytes(),
                                batch.changes().stream()
                                        .map(ServerDefects::alone)
                                        .toList())),
                request.pageMax());
    }

    private static Change alone(Change change) {
        return new Change(change.key(), change.edit(), change.base(), change.baseStamps(), 0, change.kind());
    }

    /** The answer as the server sends it; its tables may be changed behind it. */
    ExchangeAnswer answered(ExchangeRequest request, ExchangeAnswer answer, InMemoryServerStorage storage) {
        if (mutation == Mutation.NONE || !(answer instanceof ExchangeAnswer.Applied applied)) {
            return answer;
        }
        boolean now = ++answers % EVERY == 0;
        String scope = request.sender().scope();
        switch (mutation) {
            case DAMAGE_ROW -> {
                if (now) {
                    first(storage, scope)
                            .forEach(row -> storage.damage(scope, row.key(), ServerDefects.damaged(row.state())));
                }
            }
            case COUNT_TWICE -> rewrite(request, storage, ServerDefects::doubled);
            case LOSE_ACCEPTED -> rewrite(request, storage, (edit, state) -> now ? without(edit, state) : state);
            default -> {}
        }
        return now || mutation == Mutation.CLAIM_COMPLETE ? wrong(scope, applied, storage) : applied;
    }

    private ExchangeAnswer wrong(String scope, ExchangeAnswer.Applied answer, InMemoryServerStorage storage) {
        List<RemoteRecord> changes = new ArrayList<>(answer.changes());
        boolean complete = answer.complete();
        String fingerprint = answer.fingerprint();
        long records = answer.records();
        switch (mutation) {
            case SKIP_A_CHANGE -> {
                if (!changes.isEmpty()) {
                    changes.removeLast();
                }
            }
            case MIX_SCOPES ->
                first(storage, other(scope))
                        .forEach(row -> changes.add(new RemoteRecord(
                                row.key(), row.state(), answer.cursor().sequence())));
            case CLAIM_COMPLETE -> complete = true;
            case COUNT_ALL_SCOPES -> records += complete ? live(storage, other(scope)) : 0;
            case SUM_ALL_SCOPES -> fingerprint = complete ? ofAll(scope, answer, storage) : fingerprint;
            case WRONG_FINGERPRINT ->
                fingerprint = new StringBuilder(fingerprint).reverse().toString();
            default -> {}
        }
        return new ExchangeAnswer.Applied(
                answer.request(),
                answer.serverMillis(),
                answer.results(),
                changes,
                answer.cursor(),
                complete,
                fingerprint,
                records);
    }

    private static String other(String scope) {
        return scope.equals(World.SCOPE) ? World.OTHER_SCOPE : World.SCOPE;
    }

    private static List<ServerRecord> first(InMemoryServerStorage storage, String scope) {
        return storage.snapshot(scope, snapshot -> snapshot.changesSince(0, 1, Long.MAX_VALUE));
    }

    private static List<ServerRecord> rows(InMemoryServerStorage storage, String scope) {
        return storage.snapshot(scope, snapshot -> snapshot.changesSince(0, Integer.MAX_VALUE, Long.MAX_VALUE));
    }

    private static long live(InMemoryServerStorage storage, String scope) {
        return rows(storage, scope).stream().filter(row -> row.state().live()).count();
    }

    private static String ofAll(String scope, ExchangeAnswer.Applied answer, InMemoryServerStorage storage) {
        ScopeHead head = storage.snapshot(scope, snapshot -> snapshot.head().orElseThrow());
        DigestSum sum = head.root();
        for (ServerRecord row : rows(storage, other(scope))) {
            sum = row.digest().isNone() ? sum : sum.plus(row.digest());
        }
        return new Digester(head.key())
                .fingerprint(scope, answer.cursor().epoch(), answer.cursor().sequence(), sum);
    }

    /** Changes the rows that a batch touched, behind the server's back. */
    private static void rewrite(
            ExchangeRequest request,
            InMemoryServerStorage storage,
            BiFunction<RecordState, RecordState, RecordState> how) {
        String scope = request.sender().scope();
        List<Change> changes = request.batch().map(Batch::changes).orElse(List.of());
        for (Change change : changes) {
            RecordKey key = change.key();
            storage.snapshot(scope, snapshot -> snapshot.records(List.of(key)))
                    .forEach((found, row) -> storage.damage(scope, key, how.apply(change.edit(), row.state())));
        }
    }

    private static RecordState doubled(RecordState edit, RecordState state) {
        TreeMap<String, Cell> cells = new TreeMap<>(state.cells());
        edit.cells().forEach((field, cell) -> {
            if (cell.value() instanceof CounterValue sent && cells.get(field) != null) {
                cells.computeIfPresent(field, (name, old) -> new Cell(doubled(sent, old.value()), old.stamp()));
            }
        });
        return new RecordState(cells, state.deleted());
    }

    private static Value doubled(CounterValue sent, Value kept) {
        TreeMap<Long, CounterValue.Total> totals = new TreeMap<>(Long::compareUnsigned);
        if (kept instanceof CounterValue counter) {
            totals.putAll(counter.totals());
        }
        sent.totals()
                .forEach((incarnation, total) ->
                        totals.put(incarnation, new CounterValue.Total(2 * total.added(), 2 * total.taken())));
        return new CounterValue(totals, sent.scale());
    }

    private static RecordState without(RecordState edit, RecordState state) {
        TreeMap<String, Cell> cells = new TreeMap<>(state.cells());
        edit.cells().keySet().forEach(cells::remove);
        return new RecordState(cells, state.deleted());
    }

    private static RecordState damaged(RecordState state) {
        TreeMap<String, Cell> cells = new TreeMap<>(state.cells());
        cells.put("zz", new Cell(new Value.Bool(true), state.newestCell().max(new Stamp(1, 1))));
        return new RecordState(cells, state.deleted());
    }
}
