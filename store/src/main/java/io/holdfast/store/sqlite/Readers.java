package io.holdfast.store.sqlite;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A few connections that only read. A caller on a platform thread uses one itself; for virtual threads a platform thread
 * does, because a native call would hold the carrier. Reading within reading uses the same connection, so that readers
 * never wait for each other in a circle. Thread-safe.
 */
final class Readers implements AutoCloseable {

    private final BlockingQueue<Optional<SqlSession>> idle = new LinkedBlockingQueue<>();
    private final List<SqlSession> all = new ArrayList<>();
    private final ThreadLocal<Optional<SqlSession>> mine = ThreadLocal.withInitial(Optional::empty);
    private final PlatformThreads platform;

    Readers(int count, PlatformThreads platform, Supplier<SqlSession> connect) {
        this.platform = platform;
        try {
            for (int i = 0; i < count; i++) {
                all.add(connect.get());
            }
        } catch (RuntimeException | Error e) {
            all.forEach(SqlSession::close);
            throw e;
        }
        all.forEach(session -> idle.add(Optional.of(session)));
    }

    /** Runs the body with one of the connections. */
    <T> T read(Function<SqlSession, T> body) {
        Optional<SqlSession> outer = mine.get();
        if (outer.isPresent()) {
            return body.apply(outer.get());
        }
        return Thread.currentThread().isVirtual() ? platform.call(() -> borrowed(body)) : borrowed(body);
    }

    private <T> T borrowed(Function<SqlSession, T> body) {
        Optional<SqlSession> session = take();
        mine.set(session);
        try {
            return body.apply(session.orElseThrow(
                    () -> new HoldfastException(ErrorCode.STORE_CLOSED, "The store is closed. Open it again.")));
        } finally {
            mine.remove();
            idle.add(session);
        }
    }

    /** Waits for a connection; gets none once the readers are closed. */
    private Optional<SqlSession> take() {
        try {
            return idle.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.CANCELLED, "Reading was cancelled.", e);
        }
    }

    /** Waits until nobody reads, and closes every connection. */
    @Override
    public void close() {
        boolean interrupted = false;
        for (int left = all.size(); left > 0; ) {
            try {
                idle.take().ifPresent(SqlSession::close);
                left--;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        idle.add(Optional.empty());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
