package io.holdfast.store.sqlite;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A few connections that only read, each made when it is first needed: most stores never have two readers at once. A caller on
 * a platform thread uses one itself; for virtual threads a platform thread does, because a native call would hold the carrier.
 * Reading within reading uses the same connection, so that readers never wait for each other in a circle. Thread-safe.
 */
final class Readers implements AutoCloseable {

    private final int most;
    private final PlatformThreads platform;
    private final Supplier<SqlSession> connect;
    /** Fair, so that who closes is not overtaken for ever. */
    private final Semaphore turns;
    /** The one used last comes first: it has the pages in its cache. */
    private final Deque<SqlSession> idle = new ConcurrentLinkedDeque<>();

    private final ThreadLocal<Optional<SqlSession>> mine = ThreadLocal.withInitial(Optional::empty);
    private volatile boolean closed;

    /** @param most connections at the same time */
    Readers(int most, PlatformThreads platform, Supplier<SqlSession> connect) {
        this.most = most;
        this.platform = platform;
        this.connect = connect;
        turns = new Semaphore(most, true);
    }

    /** Runs the body with one of the connections. */
    <T> T read(Function<SqlSession, T> body) {
        Optional<SqlSession> outer = mine.get();
        if (outer.isPresent()) {
            return body.apply(outer.get());
        }
        return Thread.currentThread().isVirtual() ? platform.call(() -> inTurn(body)) : inTurn(body);
    }

    /** Whether this thread has one of the connections. */
    boolean isInside() {
        return mine.get().isPresent();
    }

    private <T> T inTurn(Function<SqlSession, T> body) {
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.CANCELLED, "Reading was cancelled.", e);
        }
        try {
            return borrowed(body);
        } finally {
            turns.release();
        }
    }

    private <T> T borrowed(Function<SqlSession, T> body) {
        if (closed) {
            throw new HoldfastException(ErrorCode.STORE_CLOSED, "The store is closed. Open it again.");
        }
        SqlSession session = Optional.ofNullable(idle.poll()).orElseGet(connect);
        mine.set(Optional.of(session));
        try {
            return body.apply(session);
        } finally {
            mine.remove();
            idle.addFirst(session);
        }
    }

    /** Waits until nobody reads, and closes every connection. */
    @Override
    public void close() {
        turns.acquireUninterruptibly(most);
        closed = true;
        idle.forEach(SqlSession::close);
        idle.clear();
        turns.release(most);
    }
}
