package io.holdfast.store.sqlite;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A few connections that only read. A caller on a platform thread uses one itself; for virtual threads a
 * platform thread does, because a native call would hold the carrier. Thread-safe.
 */
final class Readers implements AutoCloseable {

    private final BlockingQueue<SqlSession> idle = new LinkedBlockingQueue<>();
    private final List<SqlSession> all = new ArrayList<>();
    private final PlatformThreads platform;

    Readers(int count, PlatformThreads platform, Supplier<SqlSession> connect) {
        this.platform = platform;
        for (int i = 0; i < count; i++) {
            all.add(connect.get());
        }
        idle.addAll(all);
    }

    /** Runs the body with one of the connections. */
    <T> T read(Function<SqlSession, T> body) {
        return Thread.currentThread().isVirtual() ? platform.call(() -> borrowed(body)) : borrowed(body);
    }

    private <T> T borrowed(Function<SqlSession, T> body) {
        try {
            SqlSession session = idle.take();
            try {
                return body.apply(session);
            } finally {
                idle.add(session);
            }
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
                idle.take().close();
                left--;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
