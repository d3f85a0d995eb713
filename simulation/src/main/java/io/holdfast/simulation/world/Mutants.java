package io.holdfast.simulation.world;

import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.Change;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.protocol.Batch;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.RemoteRecord;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Builds one deliberate defect into a world, and nothing under {@link Mutation#NONE}. Not thread-safe. */
final class Mutants {

    private final Mutation mutation;
    private int answers;

    Mutants(Mutation mutation) {
        this.mutation = mutation;
    }

    boolean deaf() {
        return mutation == Mutation.DEAF_TO_TIME;
    }

    boolean sharesIncarnation() {
        return mutation == Mutation.SHARE_INCARNATION;
    }

    boolean losesAfterCrash() {
        return mutation == Mutation.LOSE_AFTER_CRASH;
    }

    /** The request as the server reads it. */
    ExchangeRequest received(ExchangeRequest request) {
        if (mutation != Mutation.DIVIDE_GROUPS) {
            return request;
        }
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
                                batch.changes().stream().map(Mutants::alone).toList())),
                request.pageMax());
    }

    private static Change alone(Change change) {
        return new Change(change.key(), change.edit(), change.base(), change.baseStamps(), 0, change.kind());
    }

    /** The answer as the server sends it. */
    ExchangeAnswer answered(ExchangeRequest request, ExchangeAnswer answer, InMemoryServerStorage storage) {
        if (!(answer instanceof ExchangeAnswer.Applied applied) || ++answers % 5 != 0) {
            return answer;
        }
        String scope = request.sender().scope();
        List<RemoteRecord> changes = new ArrayList<>(applied.changes());
        if (mutation == Mutation.SKIP_A_CHANGE && !changes.isEmpty()) {
            changes.removeLast();
        } else if (mutation == Mutation.MIX_SCOPES && scope.equals(World.OTHER_SCOPE)) {
            foreign(storage).stream()
                    .map(row -> new RemoteRecord(
                            row.key(), row.state(), applied.cursor().sequence()))
                    .forEach(changes::add);
        } else if (mutation == Mutation.DAMAGE_ROW) {
            storage.snapshot(scope, snapshot -> snapshot.changesSince(0, 1, Long.MAX_VALUE))
                    .forEach(row -> storage.damage(scope, row.key(), damaged(row.state())));
        }
        return new ExchangeAnswer.Applied(
                applied.request(),
                applied.serverMillis(),
                applied.results(),
                changes,
                applied.cursor(),
                applied.complete(),
                applied.fingerprint(),
                applied.records());
    }

    private static List<ServerRecord> foreign(InMemoryServerStorage storage) {
        return storage.snapshot(World.SCOPE, snapshot -> snapshot.changesSince(0, 1, Long.MAX_VALUE));
    }

    private static RecordState damaged(RecordState state) {
        TreeMap<String, Cell> cells = new TreeMap<>(state.cells());
        cells.put("zz", new Cell(new Value.Bool(true), state.newestCell().max(new Stamp(1, 1))));
        return new RecordState(cells, state.deleted());
    }

    /** What a device does beside taking an answer in. */
    void absorbing(LocalTransaction transaction) {
        if (mutation == Mutation.FORGET_ACCOUNT) {
            Account account = transaction.account();
            if (account.in(ChangeState.ACCEPTED) > 3) {
                transaction.account(account.move(ChangeState.ACCEPTED, ChangeState.PENDING));
            }
        } else if (mutation == Mutation.DROP_REFUSED) {
            transaction.quarantined(1).forEach(record -> dropRefused(transaction, record));
        }
    }

    private static void dropRefused(LocalTransaction transaction, LocalRecord record) {
        List<Layer> kept = record.layers().stream()
                .filter(layer -> layer.state() != Layer.State.QUARANTINED)
                .toList();
        transaction.account(transaction.account().move(ChangeState.QUARANTINED, ChangeState.DISCARDED));
        transaction.save(record, record.withLayers(kept), record.confirmed());
    }
}
