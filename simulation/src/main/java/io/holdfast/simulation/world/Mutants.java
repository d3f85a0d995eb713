package io.holdfast.simulation.world;

import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.Proof;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Builds one deliberate defect into a world, and nothing under {@link Mutation#NONE}. Not thread-safe. */
final class Mutants {

    private final Mutation mutation;
    private final ServerDefects server;

    Mutants(Mutation mutation) {
        this.mutation = mutation;
        this.server = new ServerDefects(mutation);
    }

    /** Those of the server. */
    ServerDefects server() {
        return server;
    }

    boolean deaf() {
        return mutation == Mutation.DEAF_TO_TIME;
    }

    boolean sharesIncarnation() {
        return mutation == Mutation.SHARE_INCARNATION;
    }

    boolean overlooksDamage() {
        return mutation == Mutation.OVERLOOK_DAMAGE;
    }

    boolean losesAfterCrash() {
        return mutation == Mutation.LOSE_AFTER_CRASH;
    }

    /** What a device takes for what it was told to write. */
    Map<String, FieldEdit> heard(Map<String, FieldEdit> edits) {
        if (mutation != Mutation.ADD_ONE_MORE) {
            return edits;
        }
        Map<String, FieldEdit> heard = new HashMap<>(edits);
        heard.replaceAll(
                (field, edit) -> edit instanceof FieldEdit.Add add ? new FieldEdit.Add(add.units() + 1) : edit);
        return heard;
    }

    /** What a device does beside taking an answer in. */
    void absorbing(LocalTransaction transaction) {
        switch (mutation) {
            case FORGET_ACCOUNT -> forgetAccount(transaction);
            case DROP_REFUSED -> transaction.quarantined(1).forEach(record -> dropRefused(transaction, record));
            case ALTER_COPY -> confirmed(transaction).ifPresent(record -> alter(transaction, record));
            case LOSE_PROVEN -> {
                Proof proof = transaction.device().proofs().get(Proof.Level.L0);
                if (proof != null && proof.equal()) {
                    confirmed(transaction).ifPresent(record -> lose(transaction, record));
                }
            }
            default -> {}
        }
    }

    private static void forgetAccount(LocalTransaction transaction) {
        Account account = transaction.account();
        if (account.in(ChangeState.ACCEPTED) > 3) {
            transaction.account(account.move(ChangeState.ACCEPTED, ChangeState.PENDING));
        }
    }

    private static void dropRefused(LocalTransaction transaction, LocalRecord record) {
        List<Layer> kept = record.layers().stream()
                .filter(layer -> layer.state() != Layer.State.QUARANTINED)
                .toList();
        transaction.account(transaction.account().move(ChangeState.QUARANTINED, ChangeState.DISCARDED));
        transaction.save(record, record.withLayers(kept), record.confirmed());
    }

    /** Some record that is as the server has it. */
    private static Optional<LocalRecord> confirmed(LocalTransaction transaction) {
        return transaction.scan(Optional.empty(), Integer.MAX_VALUE).stream()
                .filter(record -> record.clean() && record.confirmed().live())
                .findFirst();
    }

    private static void alter(LocalTransaction transaction, LocalRecord record) {
        TreeMap<String, Cell> cells = new TreeMap<>(record.confirmed().cells());
        cells.put("zz", new Cell(new Value.Bool(true), new Stamp(1, 1)));
        RecordState altered = new RecordState(cells, record.confirmed().deleted());
        transaction.save(
                record, record.withConfirmed(altered, record.sequence(), record.digest(), record.bucket()), altered);
    }

    private static void lose(LocalTransaction transaction, LocalRecord record) {
        transaction.root(transaction.root().minus(record.digest()));
        transaction.save(record, LocalRecord.absent(record.key()), RecordState.ABSENT);
    }
}
