package io.holdfast.server.http.body;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the memory of all request bodies together, so that many large ones at once cannot exhaust the heap. A body takes
 * memory as it grows; where there is none left it is refused at once instead of waiting, as two half-read bodies that wait
 * for each other would wait for ever. Thread-safe.
 */
public final class BodyMemory {

    private final long bytesMax;
    private final AtomicLong taken = new AtomicLong();

    /** @param bytesMax most bytes of all bodies, compressed and plain counted both */
    public BodyMemory(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** The memory of one request, given back on close. Not thread-safe. */
    public final class Lease implements AutoCloseable {
        private long held;

        private Lease() {}

        /**
         * Takes more memory.
         *
         * @throws HoldfastException UNAVAILABLE if there is none left
         */
        void grow(long bytes) {
            if (taken.addAndGet(bytes) > bytesMax) {
                taken.addAndGet(-bytes);
                throw new HoldfastException(
                        ErrorCode.UNAVAILABLE, "The server is busy with other large requests; try again in a moment.");
            }
            held += bytes;
        }

        @Override
        public void close() {
            taken.addAndGet(-held);
            held = 0;
        }
    }

    /** Memory for one request, none yet. */
    public Lease lease() {
        return new Lease();
    }

    /** Bytes taken now. */
    public long taken() {
        return taken.get();
    }
}
