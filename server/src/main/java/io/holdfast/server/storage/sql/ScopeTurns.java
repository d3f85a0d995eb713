package io.holdfast.server.storage.sql;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one caller of this process at a time work on a scope, in the order they come. They would wait for the scope's row anyway,
 * but each with a connection of its own: if another program keeps one row of one scope locked, that would soon be all of them.
 * Thread-safe.
 */
final class ScopeTurns {

    private final Duration patience;
    private final Map<String, Turn> turns = new HashMap<>();

    /** @param patience longest wait for a turn */
    ScopeTurns(Duration patience) {
        this.patience = patience;
    }

    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock(true);
        private int callers;
    }

    /**
     * Does the work when it is its turn.
     *
     * @throws HoldfastException UNAVAILABLE if that does not come in time, or the thread is interrupted while it waits
     */
    <T> T in(String scope, Supplier<T> work) {
        Turn turn = enter(scope);
        try {
            await(turn);
            try {
                return work.get();
            } finally {
                turn.lock.unlock();
            }
        } finally {
            leave(scope, turn);
        }
    }

    private void await(Turn turn) {
        try {
            if (turn.lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        throw busy();
    }

    private Turn enter(String scope) {
        synchronized (turns) {
            Turn turn = turns.computeIfAbsent(scope, name -> new Turn());
            turn.callers++;
            return turn;
        }
    }

    private void leave(String scope, Turn turn) {
        synchronized (turns) {
            if (--turn.callers == 0) {
                turns.remove(scope);
            }
        }
    }

    private static HoldfastException busy() {
        return new HoldfastException(
                ErrorCode.UNAVAILABLE, "Others are writing to the same scope for too long. Try again.");
    }

    /** Scopes that somebody works on or waits for. */
    int scopes() {
        synchronized (turns) {
            return turns.size();
        }
    }
}
