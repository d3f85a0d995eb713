package io.holdfast.core.engine;

import io.holdfast.core.Limits;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.local.Absorption;
import io.holdfast.core.local.Comparison;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.Freezer;
import io.holdfast.core.local.FrozenBatch;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.Refusal;
import io.holdfast.core.protocol.Batch;
import io.holdfast.core.protocol.BatchCodec;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.Protocol;
import io.holdfast.core.protocol.ReconcileAnswer;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.protocol.RegisterRequest;
import io.holdfast.core.protocol.RemoteRecord;
import io.holdfast.core.protocol.SchemaRef;
import io.holdfast.core.protocol.Sender;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaHash;
import io.holdfast.core.schema.SystemCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A device's talk with the server, one local transaction at a time: makes the next message, and takes its answer in. All
 * state is in the store, so that a crash between any two calls loses nothing: the same message is made again. Stateless and
 * thread-safe; a transaction is not.
 */
public final class Session {

    private final Schema schema;
    private final SchemaRef reference;
    private final Supplier<String> replicaIds;
    private final int pageMax;
    private final RecordGuard guard;

    /**
     * A session under one schema.
     *
     * @param schema without the system collections
     * @param replicaIds gives a fresh id to a store that was found to be a copy
     * @param pageMax most records to ask for at once, 1 to {@link Limits#PAGE_RECORDS_MAX}
     */
    public Session(Schema schema, Supplier<String> replicaIds, int pageMax) {
        this(schema, replicaIds, pageMax, RecordGuard.NONE);
    }

    /** As {@link #Session(Schema, Supplier, int)}; an answer with a record that the guard refuses is not taken. */
    public Session(Schema schema, Supplier<String> replicaIds, int pageMax, RecordGuard guard) {
        this.guard = guard;
        this.schema = SystemCollections.addTo(schema);
        this.reference = new SchemaRef(schema.name(), schema.version(), SchemaHash.of(schema));
        this.replicaIds = replicaIds;
        this.pageMax = Math.clamp(pageMax, 1, Limits.PAGE_RECORDS_MAX);
    }

    /**
     * Makes the next message: a registration if the server does not know this opening yet, else what the work asks for. A
     * batch is frozen first if changes wait, none is frozen, and this opening has compared its clock with the server's.
     *
     * @param request its number, greater than any before in this opening
     * @param changesMax most changes to freeze into a batch
     */
    public Outgoing prepare(LocalTransaction transaction, Work work, long request, int changesMax, long nowMillis) {
        DeviceState.Identity identity = transaction.device().identity();
        Sender sender = new Sender(
                Protocol.VERSION, request, identity.scope(), identity.replica(), identity.incarnation(), reference);
        if (!identity.registered() || identity.scopeKey().isEmpty()) {
            return new Outgoing.Register(new RegisterRequest(sender));
        }
        return switch (work) {
            case Work.Exchange ignored -> exchange(transaction, sender, changesMax, nowMillis);
            case Work.Withdraw withdraw -> withdrawal(transaction, sender, withdraw);
            case Work.CompareNodes compare ->
                new Outgoing.Reconcile(
                        reconcile(
                                transaction,
                                sender,
                                compare.nonce(),
                                new Comparison(schema, transaction, compare.nonce(), nowMillis).askNodes()),
                        work);
            case Work.CompareLeaves compare ->
                new Outgoing.Reconcile(
                        reconcile(
                                transaction,
                                sender,
                                compare.nonce(),
                                new Comparison(schema, transaction, compare.nonce(), nowMillis)
                                        .askLeaves(compare.leaves())),
                        work);
        };
    }

    /** Whether {@link #freezeAhead} has something to do: a look that needs no writing transaction. */
    public boolean backlog(LocalTransaction transaction, int changesMax) {
        return transaction.frozenCount() < 2 && transaction.account().in(ChangeState.PENDING) >= changesMax;
    }

    /**
     * Freezes one batch more than the one that is on its way, if so many changes wait that it will be a whole one. It could
     * not have taken in further edits anyway, and device and server then work at the same time.
     */
    public void freezeAhead(LocalTransaction transaction, int changesMax, long nowMillis) {
        if (backlog(transaction, changesMax)) {
            new Freezer(schema, transaction).freeze(changesMax, nowMillis);
        }
    }

    private Outgoing.Exchange exchange(LocalTransaction transaction, Sender sender, int changesMax, long nowMillis) {
        Optional<FrozenBatch> batch = transaction.firstFrozen();
        DeviceState device = transaction.device();
        boolean measured = device.clock().incarnation() == device.identity().incarnation();
        if (batch.isEmpty() && measured) {
            Freezer freezer = new Freezer(schema, transaction);
            batch = freezer.freeze(changesMax, nowMillis).or(() -> freezer.freezeDated(changesMax, nowMillis));
        }
        Optional<Batch> sent =
                batch.map(frozen -> new Batch(frozen.mark(), frozen.previous(), frozen.bytes(), List.of()));
        return new Outgoing.Exchange(
                request(transaction, sender, sent),
                batch.map(FrozenBatch::changes).orElse(0));
    }

    /** The empty batch is the same whenever it is made, so that it can be sent again without being kept. */
    private Outgoing.Exchange withdrawal(LocalTransaction transaction, Sender sender, Work.Withdraw withdraw) {
        BatchMark settled = transaction.device().progress().settled();
        return new Outgoing.Exchange(
                request(transaction, sender, Optional.of(BatchCodec.empty(settled))), 0, Optional.of(withdraw));
    }

    private ExchangeRequest request(LocalTransaction transaction, Sender sender, Optional<Batch> batch) {
        DeviceState.Progress progress = transaction.device().progress();
        return new ExchangeRequest(
                sender, progress.cursor(), spaced(progress.earlier()), progress.settled(), batch, pageMax);
    }

    /**
     * The newest, and ever sparser the older ones, complete and partial apart: enough to find a common point nearby without
     * showing all.
     */
    private static List<Cursor> spaced(List<Cursor> earlier) {
        List<Cursor> shown = new ArrayList<>();
        int complete = 0;
        int partial = 0;
        for (Cursor cursor : earlier) {
            int number = cursor.isPartial() ? ++partial : ++complete;
            if (Integer.bitCount(number) == 1) {
                shown.add(cursor);
            }
        }
        return shown;
    }

    private static ReconcileRequest reconcile(
            LocalTransaction transaction, Sender sender, String nonce, ReconcileRequest.Question question) {
        return new ReconcileRequest(sender, transaction.device().progress().cursor(), nonce, question);
    }

    /**
     * Takes an answer in.
     *
     * @param sent the message it answers
     * @param offsetMillis server's clock minus local clock, as this answer shows it
     * @throws HoldfastException SERVER_ANSWER if the answer does not fit the message; nothing is changed then
     */
    public Outcome absorb(
            LocalTransaction transaction, Outgoing sent, Incoming answer, long offsetMillis, long nowMillis) {
        if (sent.request() != answer.request()) {
            throw unfit("it answers another request");
        }
        guard(answer);
        Absorption absorption = new Absorption(schema, transaction, nowMillis);
        absorption.measured(offsetMillis);
        if (sent instanceof Outgoing.Register && answer instanceof Incoming.Registered registered) {
            absorption.registered(registered.message());
            return new Outcome.Registered();
        }
        if (sent instanceof Outgoing.Exchange exchange && answer instanceof Incoming.Exchanged exchanged) {
            return exchange.withdraws()
                    .map(withdraw -> withdrawn(absorption, exchange, withdraw, exchanged.message(), nowMillis))
                    .orElseGet(() -> exchanged(absorption, exchange, exchanged.message()));
        }
        if (sent instanceof Outgoing.Reconcile reconcile && answer instanceof Incoming.Reconciled reconciled) {
            return reconciled(transaction, reconcile.work(), reconciled.message(), nowMillis);
        }
        throw unfit("it is of another kind than the request");
    }

    private Outcome withdrawn(
            Absorption absorption,
            Outgoing.Exchange sent,
            Work.Withdraw withdraw,
            ExchangeAnswer answer,
            long nowMillis) {
        return switch (answer) {
            case ExchangeAnswer.Applied applied -> {
                Optional<Refusal> why =
                        withdraw.alone().map(failure -> new Refusal(failure.code(), "", failure.message(), nowMillis));
                yield new Outcome.Applied(absorption.withdrawn(applied, sent.batch(), why));
            }
            case ExchangeAnswer.Forked ignored -> new Outcome.NotWithdrawn();
            case ExchangeAnswer.EpochChanged ignored -> exchanged(absorption, sent, answer);
            case ExchangeAnswer.Unregistered ignored -> exchanged(absorption, sent, answer);
        };
    }

    private void guard(Incoming answer) {
        for (RemoteRecord record : records(answer)) {
            guard.refuses(record).ifPresent(why -> {
                throw new HoldfastException(ErrorCode.SERVER_ANSWER, why);
            });
        }
    }

    /** Every record that an answer brings. */
    private static List<RemoteRecord> records(Incoming answer) {
        List<RemoteRecord> records = new ArrayList<>();
        if (answer instanceof Incoming.Exchanged exchanged
                && exchanged.message() instanceof ExchangeAnswer.Applied applied) {
            records.addAll(applied.changes());
            for (ChangeResult result : applied.results()) {
                switch (result) {
                    case ChangeResult.Merged merged -> records.add(merged.record());
                    case ChangeResult.Conflict conflict -> records.add(conflict.record());
                    case ChangeResult.Accepted ignored -> {}
                    case ChangeResult.Refused ignored -> {}
                }
            }
        } else if (answer instanceof Incoming.Reconciled reconciled) {
            records.addAll(reconciled.message().changes());
            if (reconciled.message().reply() instanceof ReconcileAnswer.Reply.Leaves leaves) {
                records.addAll(leaves.records());
            }
        }
        return records;
    }

    private Outcome exchanged(Absorption absorption, Outgoing.Exchange sent, ExchangeAnswer answer) {
        return switch (answer) {
            case ExchangeAnswer.Applied applied -> {
                requireResults(applied, sent.changes());
                requireProgress(applied);
                yield new Outcome.Applied(absorption.applied(applied, sent.batch()));
            }
            case ExchangeAnswer.Forked ignored -> {
                String replica = replicaIds.get();
                absorption.forked(replica);
                yield new Outcome.Forked(replica);
            }
            case ExchangeAnswer.EpochChanged changed -> {
                absorption.epochChanged(changed.forkedAt(), replicaIds.get());
                yield new Outcome.EpochChanged(
                        changed.forkedAt().epoch(), changed.forkedAt().sequence());
            }
            case ExchangeAnswer.Unregistered ignored -> {
                absorption.unregistered();
                yield new Outcome.Unregistered();
            }
        };
    }

    private static void requireResults(ExchangeAnswer.Applied answer, int changes) {
        if (answer.results().size() != changes) {
            throw unfit("it has " + answer.results().size() + " results for " + changes + " changes");
        }
    }

    /** Whoever is told to ask again, and given nothing, would ask without end. */
    private static void requireProgress(ExchangeAnswer.Applied answer) {
        if (!answer.complete() && answer.results().isEmpty() && answer.changes().isEmpty()) {
            throw unfit("it says that there is more, and brings nothing");
        }
    }

    private Outcome reconciled(LocalTransaction transaction, Work work, ReconcileAnswer answer, long nowMillis) {
        if (answer.reply() instanceof ReconcileAnswer.Reply.Behind) {
            return new Outcome.Behind();
        }
        if (work instanceof Work.CompareNodes compare && answer.reply() instanceof ReconcileAnswer.Reply.Nodes nodes) {
            Comparison comparison = new Comparison(schema, transaction, compare.nonce(), nowMillis);
            return new Outcome.NodesCompared(comparison.absorbNodes(answer, nodes));
        }
        if (work instanceof Work.CompareLeaves compare
                && answer.reply() instanceof ReconcileAnswer.Reply.Leaves leaves) {
            Comparison comparison = new Comparison(schema, transaction, compare.nonce(), nowMillis);
            Comparison.Differences found = comparison.absorbLeaves(answer, leaves, compare.leaves());
            return new Outcome.LeavesCompared(
                    found.records(), found.repaired(), !compare.nonce().isEmpty());
        }
        throw unfit("it answers another question");
    }

    private static HoldfastException unfit(String why) {
        return new HoldfastException(
                ErrorCode.SERVER_ANSWER, "The server's answer does not fit: " + why + ". Check the server's address.");
    }
}
