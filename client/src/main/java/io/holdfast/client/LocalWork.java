package io.holdfast.client;

import io.holdfast.core.account.ChangeState;
import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.engine.Effect;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Outcome;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.engine.Session;
import io.holdfast.core.engine.Work;
import io.holdfast.core.local.Absorption;
import io.holdfast.core.local.LocalStorage;
import io.holdfast.core.local.Refusal;
import io.holdfast.core.schema.Schema;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What the engine's decisions mean for the store: each method is one transaction, and throws what the store throws.
 * Thread-safe.
 *
 * @param schema with the system collections
 */
record LocalWork(LocalStorage storage, Schema schema, Session session, InstantSource clock) {

    /**
     * What became of an answer.
     *
     * @param followed the sequence up to which the server has been followed
     */
    record Taken(Outcome outcome, long followed) {}

    Outgoing prepare(Effect.Prepare wish) {
        return switch (wish.work()) {
            case Work.Exchange work ->
                storage.write(transaction ->
                        session.prepare(transaction, work, wish.request(), wish.changesMax(), clock.millis()));
            case Work.Withdraw work -> read(wish, work);
            case Work.CompareNodes work -> read(wish, work);
            case Work.CompareLeaves work -> read(wish, work);
        };
    }

    /** A comparison looks at every record, and writes nothing: it keeps nobody from writing. */
    private Outgoing read(Effect.Prepare wish, Work work) {
        return storage.read(
                transaction -> session.prepare(transaction, work, wish.request(), wish.changesMax(), clock.millis()));
    }

    /** @throws io.holdfast.core.error.HoldfastException STORE_DAMAGED */
    void requireSound() {
        storage.requireSound();
    }

    Taken absorb(Effect.Absorb wish) {
        return storage.write(transaction -> {
            Outcome outcome =
                    session.absorb(transaction, wish.sent(), wish.answer(), wish.offsetMillis(), clock.millis());
            return new Taken(outcome, transaction.device().progress().cursor().sequence());
        });
    }

    void freezeAhead(int changesMax) {
        if (storage.read(transaction -> session.backlog(transaction, changesMax))) {
            storage.write(transaction -> {
                session.freezeAhead(transaction, changesMax, clock.millis());
                return true;
            });
        }
    }

    void split() {
        storage.write(transaction -> {
            new Absorption(schema, transaction, clock.millis()).split();
            return true;
        });
    }

    void quarantine(Failure why) {
        storage.write(transaction -> {
            long now = clock.millis();
            new Absorption(schema, transaction, now).quarantineBatch(new Refusal(why.code(), "", why.message(), now));
            return true;
        });
    }

    /** The last time that this store, or its server, was recognised as restored. */
    Optional<AuditEntry> recognised() {
        return storage.read(transaction -> transaction.trail().latest(SyncStatus.Evidence.RECOGNITIONS));
    }

    /** Whether changes wait to be sent. */
    boolean pending() {
        return storage.read(transaction -> transaction.account().in(ChangeState.PENDING) > 0);
    }
}
