package io.holdfast.server.run.write;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.ServerWork;
import io.holdfast.core.exchange.ServerWrite;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.server.audit.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes planned records in batches, each in one transaction: whole records, or none. A batch that the database refuses is
 * halved until the records it refuses stand alone; the others are written. Not thread-safe.
 */
public final class BatchWriter {

    /** If so many records are refused one after the other, and none of their batch is taken, it is not the records' fault. */
    static final int REFUSED_IN_A_ROW_MAX = 100;

    private final ScopeServer server;
    private final String scope;
    private final Principal principal;
    private final WriteDecision decision;
    private final Results results;
    private final Attempts attempts;
    private int refusedInARow;

    /** Receives what came of each planned record. */
    public interface Results {
        /** It is done, or needed not be done. */
        void done(Planned planned, Fate fate);

        /** The record changed since it was compared; nothing was written. */
        void stale(Planned planned);

        /** The database refused it; all else of its batch goes on. */
        void refused(Planned planned, HoldfastException failure);

        /** A batch was halved because the database refused it. */
        void halved(int size, HoldfastException failure);
    }

    /**
     * A writer.
     *
     * @param principal in whose name it writes
     * @param attempts at each transaction
     */
    public BatchWriter(
            ScopeServer server,
            String scope,
            Principal principal,
            WriteDecision decision,
            Attempts attempts,
            Results results) {
        this.server = server;
        this.scope = scope;
        this.principal = principal;
        this.decision = decision;
        this.attempts = attempts;
        this.results = results;
    }

    /**
     * Writes a batch.
     *
     * @throws HoldfastException if the database does not answer, is full, or refuses everything; RUN_LOST if another process
     *     has taken the run over. What was written before stands.
     */
    public void write(List<Planned> batch) {
        if (batch.isEmpty()) {
            return;
        }
        List<Ruling> rulings;
        try {
            rulings = attempts.of(() -> append(batch));
        } catch (HoldfastException failure) {
            divide(batch, failure);
            return;
        }
        refusedInARow = 0;
        for (int i = 0; i < rulings.size(); i++) {
            Planned planned = batch.get(i);
            rulings.get(i).fate().ifPresentOrElse(fate -> results.done(planned, fate), () -> results.stale(planned));
        }
    }

    private void divide(List<Planned> batch, HoldfastException failure) {
        if (!ofTheRecords(failure)) {
            throw failure;
        }
        if (batch.size() == 1) {
            refusedInARow++;
            if (refusedInARow > REFUSED_IN_A_ROW_MAX) {
                throw failure;
            }
            results.refused(batch.getFirst(), failure);
            return;
        }
        results.halved(batch.size(), failure);
        int half = batch.size() / 2;
        write(batch.subList(0, half));
        write(batch.subList(half, batch.size()));
    }

    /** Whether a failure may come from what was written: a check, a trigger or a type of the database. */
    private static boolean ofTheRecords(HoldfastException failure) {
        return failure.code() == ErrorCode.INTERNAL;
    }

    private List<Ruling> append(List<Planned> batch) {
        List<RecordKey> keys = batch.stream().map(decision::key).toList();
        return server.write(principal, scope, keys, states -> work(batch, states));
    }

    private ServerWork<List<Ruling>> work(List<Planned> batch, Function<RecordKey, RecordState> states) {
        List<Ruling> rulings = new ArrayList<>(batch.size());
        List<ServerWrite> writes = new ArrayList<>(batch.size());
        List<RecordKey> deletes = new ArrayList<>();
        for (Planned planned : batch) {
            RecordKey key = decision.key(planned);
            Ruling ruling = decision.decide(planned, states.apply(key));
            rulings.add(ruling);
            ruling.write().ifPresent(writes::add);
            if (ruling.deletes()) {
                deletes.add(key);
            }
        }
        return new ServerWork<>(writes, deletes, rulings);
    }
}
