package io.holdfast.store.sqlite;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A few platform threads that make native calls for virtual ones, whose carriers would be held by them. Thread-safe. */
final class PlatformThreads implements AutoCloseable {

    private final ExecutorService threads;

    PlatformThreads(int count) {
        threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name("holdfast-store-", 0).factory());
    }

    /** Runs a step on one of the threads and waits for it, interrupted or not. */
    <T> T call(Callable<T> step) {
        Future<T> future = submit(step);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> Future<T> submit(Callable<T> step) {
        try {
            return threads.submit(step);
        } catch (RejectedExecutionException e) {
            throw new HoldfastException(ErrorCode.STORE_CLOSED, "The store is closed. Open it again.", e);
        }
    }

    private static RuntimeException unwrapped(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
