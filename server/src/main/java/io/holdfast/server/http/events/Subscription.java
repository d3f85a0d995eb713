package io.holdfast.server.http.events;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * One listener's moves that it has not read yet: at most one for each scope, the latest, so that a slow listener costs no
 * memory and misses nothing that still matters. Thread-safe.
 */
public final class Subscription implements AutoCloseable {

    private final Set<String> scopes;
    private final Consumer<Subscription> onClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Long> waiting = new LinkedHashMap<>();
    private final Map<String, Long> told = new LinkedHashMap<>();
    private boolean ended;

    Subscription(Set<String> scopes, Consumer<Subscription> onClose) {
        this.scopes = Set.copyOf(scopes);
        this.onClose = onClose;
    }

    Set<String> scopes() {
        return scopes;
    }

    /** Adds a move, unless the listener knows of it or of a later one. */
    void offer(Moved moved) {
        lock.lock();
        try {
            if (moved.sequence() > told.getOrDefault(moved.scope(), 0L)) {
                waiting.merge(moved.scope(), moved.sequence(), Math::max);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the next move; waits for it at most so long. Empty if there was none, or if the subscription has ended.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Optional<Moved> next(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (waiting.isEmpty() && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            return ended ? Optional.empty() : first();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Moved> first() {
        Optional<Moved> first =
                waiting.entrySet().stream().findFirst().map(entry -> new Moved(entry.getKey(), entry.getValue()));
        first.ifPresent(moved -> {
            waiting.remove(moved.scope());
            told.put(moved.scope(), moved.sequence());
        });
        return first;
    }

    /** Whether nothing will come any more. */
    public boolean ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        end();
        onClose.accept(this);
    }
}
