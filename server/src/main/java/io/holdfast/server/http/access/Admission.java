package io.holdfast.server.http.access;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the requests that run, refuses those beyond a limit at once instead of queueing them, and lets a stopping server
 * wait for the last. Thread-safe.
 */
public final class Admission {

    private final int runningMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private int running;
    private boolean closed;

    /** @param runningMax most requests at once */
    public Admission(int runningMax) {
        this.runningMax = runningMax;
    }

    /** One running request; over when closed. */
    public interface Entry extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Lets a request in.
     *
     * @throws HoldfastException UNAVAILABLE if too many run, or the server stops
     */
    public Entry enter() {
        lock.lock();
        try {
            if (closed) {
                throw stopping();
            }
            if (running >= runningMax) {
                throw new HoldfastException(
                        ErrorCode.UNAVAILABLE, "The server is busy with other requests; try again in a moment.");
            }
            running++;
            return this::leave;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            if (--running == 0) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Refuses requests from now on, and waits for those that run.
     *
     * @return whether the last has finished within the patience
     */
    public boolean close(Duration patience) {
        lock.lock();
        try {
            closed = true;
            long left = patience.toNanos();
            while (running > 0 && left > 0) {
                left = idle.awaitNanos(left);
            }
            return running == 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the server stops. */
    public boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Requests that run now. */
    public int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** The refusal of a server that stops. */
    public static HoldfastException stopping() {
        return new HoldfastException(ErrorCode.UNAVAILABLE, "The server is stopping; try again in a moment.");
    }
}
