package io.holdfast.core.local;

import io.holdfast.core.Limits;
import io.holdfast.core.account.Account;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.engine.Incoming;
import io.holdfast.core.engine.Outcome;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.engine.Session;
import io.holdfast.core.engine.Work;
import io.holdfast.core.local.memory.InMemoryLocalStorage;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ReconcileCodec;
import io.holdfast.core.record.RecordState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** A device in memory that talks to a {@link Plot}, one step at a time; every message goes through its codec. */
final class Gardener {

    final Plot plot;
    final String name;
    InMemoryLocalStorage storage;
    long aheadMillis;
    int changesMax = Limits.TRANSACTION_CHANGES_MAX;
    private long request;
    private int ids;
    private long incarnations;

    Gardener(Plot plot, String name, long incarnation) {
        this.plot = plot;
        this.name = name;
        this.incarnations = incarnation;
        this.storage = new InMemoryLocalStorage(DeviceState.fresh(Plot.SCOPE, name, incarnation));
    }

    long now() {
        return plot.nowMillis + aheadMillis;
    }

    /** One local transaction; says how many changes it made. */
    int write(Consumer<LocalWriter> body) {
        plot.nowMillis++;
        return storage.write(transaction -> {
            LocalWriter writer = new LocalWriter(Plot.ALL, transaction, now());
            body.accept(writer);
            writer.finish();
            return writer.changed().size();
        });
    }

    int put(int plant, Map<String, FieldEdit> edits) {
        return write(writer -> writer.put(Plot.plant(plant), edits, LocalWriter.Check.NONE));
    }

    int put(int plant, String field, FieldEdit edit) {
        return put(plant, Map.of(field, edit));
    }

    int delete(int plant) {
        return write(writer -> writer.delete(Plot.plant(plant)));
    }

    /** The next message, made and durable. */
    Outgoing prepare(Work work) {
        plot.nowMillis++;
        request++;
        return storage.write(transaction -> session().prepare(transaction, work, request, changesMax, now()));
    }

    /** What the server says to a message. */
    Incoming ask(Outgoing message) {
        plot.nowMillis++;
        return switch (message) {
            case Outgoing.Register register ->
                new Incoming.Registered(ExchangeCodec.readRegisterAnswer(ExchangeCodec.write(plot.server()
                        .register(
                                Plot.OWNER,
                                ExchangeCodec.readRegisterRequest(ExchangeCodec.write(register.message()))))));
            case Outgoing.Exchange exchange ->
                new Incoming.Exchanged(ExchangeCodec.readExchangeAnswer(ExchangeCodec.write(plot.server()
                        .exchange(
                                Plot.OWNER,
                                ExchangeCodec.readExchangeRequest(ExchangeCodec.write(exchange.message()))))));
            case Outgoing.Reconcile reconcile ->
                new Incoming.Reconciled(ReconcileCodec.readReconcileAnswer(ReconcileCodec.write(plot.server()
                        .reconcile(
                                Plot.OWNER,
                                ReconcileCodec.readReconcileRequest(ReconcileCodec.write(reconcile.message()))))));
        };
    }

    Outcome absorb(Outgoing sent, Incoming answer) {
        plot.nowMillis++;
        return storage.write(
                transaction -> session().absorb(transaction, sent, answer, answer.serverMillis() - now() + 1, now()));
    }

    Outcome say(Work work) {
        Outgoing message = prepare(work);
        return absorb(message, ask(message));
    }

    Outcome exchange() {
        return say(new Work.Exchange());
    }

    /** Exchanges, and compares where that is called for, until both sides are level; says how many messages it took. */
    int level() {
        Work work = new Work.Exchange();
        for (int messages = 1; messages < 60; messages++) {
            switch (say(work)) {
                case Outcome.Applied applied -> {
                    boolean done =
                            applied.absorbed().complete() && !applied.absorbed().pendingLeft();
                    if (done && applied.absorbed().equal()) {
                        return messages;
                    }
                    work = done ? new Work.CompareNodes("") : new Work.Exchange();
                }
                case Outcome.NodesCompared compared ->
                    work = compared.leaves().isEmpty()
                            ? new Work.Exchange()
                            : new Work.CompareLeaves("", compared.leaves());
                case Outcome.Registered ignored -> {}
                case Outcome.Forked ignored -> work = new Work.Exchange();
                case Outcome.EpochChanged ignored -> work = new Work.Exchange();
                case Outcome.NotWithdrawn ignored -> work = new Work.Exchange();
                case Outcome.Unregistered ignored -> work = new Work.Exchange();
                case Outcome.Behind ignored -> work = new Work.Exchange();
                case Outcome.LeavesCompared ignored -> work = new Work.Exchange();
            }
        }
        throw new AssertionError(name + " does not become level");
    }

    Session session() {
        return new Session(Plot.SCHEMA, () -> name + "-" + ++ids, 3);
    }

    /** The store is opened again. */
    void reopen() {
        incarnations += 1_000;
        long incarnation = incarnations;
        change(transaction -> transaction.device(transaction.device().reopened(incarnation)));
    }

    /** An earlier copy of the store takes its place. */
    void restore(InMemoryLocalStorage copy) {
        storage = copy.copy();
        reopen();
    }

    /** Something else done to the store, in one transaction. */
    void change(Consumer<LocalTransaction> body) {
        storage.write(transaction -> {
            body.accept(transaction);
            return body;
        });
    }

    Quarantine quarantine(LocalTransaction transaction) {
        return new Quarantine(Plot.ALL, transaction);
    }

    RecordState visible(int plant) {
        return storage.visible(Plot.plant(plant));
    }

    LocalRecord record(int plant) {
        return storage.read(transaction -> transaction.record(Plot.plant(plant)));
    }

    Account account() {
        return storage.read(LocalTransaction::account);
    }

    DeviceState device() {
        return storage.read(LocalTransaction::device);
    }

    List<HistoryEntry> history() {
        return storage.read(transaction -> transaction.history(Long.MAX_VALUE, 1_000));
    }

    Proof proof(Proof.Level level) {
        return Objects.requireNonNull(device().proofs().get(level), "no proof of level " + level);
    }
}
