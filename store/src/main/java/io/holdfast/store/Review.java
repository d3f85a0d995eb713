package io.holdfast.store;

import io.holdfast.core.account.Account;
import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.HistoryEntry;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.LocalWriter;
import io.holdfast.core.local.Quarantine;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What waits for the server or for a person: unsent, refused and lost changes, and the account of them all. Thread-safe. */
public final class Review {

    private final StoreParts parts;

    Review(StoreParts parts) {
        this.parts = parts;
    }

    /** How many changes were ever made, and what became of them. */
    public Account account() {
        return parts.storage().read(LocalTransaction::account);
    }

    /** One record with its confirmed state and whatever lies above it: how far what is visible has come. */
    public LocalRecord record(RecordKey key) {
        return parts.storage().read(transaction -> transaction.record(key));
    }

    /** Records with a change that waits to be sent, oldest first. */
    public List<LocalRecord> pending(int limit) {
        return parts.storage().read(transaction -> transaction.pending(limit));
    }

    /** Records with a refused change, oldest first. */
    public List<LocalRecord> quarantined(int limit) {
        return parts.storage().read(transaction -> transaction.quarantined(limit));
    }

    /**
     * Sends a refused change again, with those of its transaction.
     *
     * @return how many changes will be sent
     * @throws HoldfastException RECORD_UNKNOWN if the record has no refused change
     */
    public int retry(RecordKey key) {
        return parts.storage().write(transaction -> quarantine(transaction).retry(key));
    }

    /**
     * As {@link #retry(RecordKey)}, written down with who decided it.
     *
     * @param person who decides
     */
    public int retry(RecordKey key, String person) {
        return parts.storage()
                .write(transaction -> quarantine(transaction)
                        .retry(key, required(person), parts.clock().millis()));
    }

    /**
     * Gives a refused change up, with those of its transaction; it goes to history with the person and the reason.
     *
     * @return how many changes were given up
     * @throws HoldfastException RECORD_UNKNOWN if the record has no refused change
     */
    public int discard(RecordKey key, String person, String reason) {
        return parts.storage()
                .write(transaction -> quarantine(transaction)
                        .discard(
                                key,
                                required(person),
                                required(reason),
                                parts.clock().millis()));
    }

    /**
     * Records that a proof found to be otherwise than they should be, newest first.
     *
     * @param openOnly whether those that are repaired or gone are left out
     * @param belowId only ids below this; {@link Long#MAX_VALUE} to begin
     */
    public List<Gap> gaps(boolean openOnly, long belowId, int limit) {
        return parts.storage().read(transaction -> transaction.trail().gaps(openOnly, belowId, limit));
    }

    /** Who did what, newest first, below an id ({@link Long#MAX_VALUE} to begin). */
    public List<AuditEntry> audit(long belowId, int limit) {
        return parts.storage().read(transaction -> transaction.trail().entries(belowId, limit));
    }

    private Quarantine quarantine(LocalTransaction transaction) {
        return new Quarantine(parts.storage().schema(), transaction);
    }

    /** What lost or was given up, newest first, below an id ({@link Long#MAX_VALUE} to begin). */
    public List<HistoryEntry> history(long belowId, int limit) {
        return parts.storage().read(transaction -> transaction.history(belowId, limit));
    }

    /** How many conflicts nobody has decided yet. */
    public long openConflicts() {
        return parts.storage().read(parts.storage()::openConflicts);
    }

    /** One entry of the history. */
    public Optional<HistoryEntry> entry(long id) {
        return parts.storage().read(transaction -> entry(transaction, id));
    }

    private static Optional<HistoryEntry> entry(LocalTransaction transaction, long id) {
        return transaction.history(id + 1, 1).stream()
                .filter(entry -> entry.id() == id)
                .findFirst();
    }

    /**
     * Decides a conflict. What is kept instead of the server's value is an ordinary change, written with the decision in one
     * transaction.
     *
     * @throws HoldfastException NOT_FOUND if there is no such entry, and what {@link Records#put} throws
     * @throws IllegalStateException if it was decided before
     */
    public HistoryEntry resolve(long id, Keep keep, String person, String reason) {
        required(person);
        required(reason);
        return parts.storage().write(transaction -> {
            HistoryEntry entry = entry(transaction, id)
                    .orElseThrow(() -> new HoldfastException(
                            ErrorCode.NOT_FOUND, "There is no conflict " + id + ". List the conflicts."));
            if (!entry.resolution().isEmpty()) {
                throw new IllegalStateException("conflict " + id + " is decided: " + entry.resolution());
            }
            String kept = apply(transaction, entry, keep);
            transaction.resolve(id, "kept " + kept + " by " + person + ": " + reason);
            return entry(transaction, id).orElseThrow();
        });
    }

    private String apply(LocalTransaction transaction, HistoryEntry entry, Keep keep) {
        LocalWriter writer = new LocalWriter(
                parts.storage().schema(), transaction, parts.clock().millis());
        return switch (keep) {
            case Keep.Server ignored -> "server";
            case Keep.Local ignored -> {
                again(writer, entry);
                writer.finish();
                yield "local";
            }
            case Keep.Other other -> {
                put(writer, entry.key(), other.edits());
                writer.finish();
                yield "other";
            }
        };
    }

    private void again(LocalWriter writer, HistoryEntry entry) {
        RecordState lost = entry.lost();
        if (lost.cells().isEmpty()) {
            writer.delete(entry.key());
            return;
        }
        Map<String, FieldEdit> edits = new TreeMap<>();
        for (Map.Entry<String, Cell> cell : lost.cells().entrySet()) {
            edits.put(cell.getKey(), new FieldEdit.Assign(cell.getValue().value()));
        }
        put(writer, entry.key(), edits);
    }

    private void put(LocalWriter writer, RecordKey key, Map<String, FieldEdit> edits) {
        writer.put(key, edits, parts.check(edits.keySet()));
    }

    private static String required(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a decision names a person and a reason");
        }
        return text;
    }
}
