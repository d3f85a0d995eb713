package io.holdfast.server.http.body;

import io.holdfast.core.Limits;
import java.io.ByteArrayOutputStream;

/** Bytes that stop growing at the limit of a body, and are charged to the request's memory. Not thread-safe. */
final class BoundedBytes extends ByteArrayOutputStream {

    private final BodyMemory.Lease memory;

    BoundedBytes(BodyMemory.Lease memory) {
        super(0);
        this.memory = memory;
    }

    @Override
    public synchronized void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    /** @throws io.holdfast.core.error.HoldfastException BODY_TOO_LARGE, UNAVAILABLE */
    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (length > Limits.BODY_BYTES_MAX - count) {
            throw BodyReader.tooLarge();
        }
        memory.grow(length);
        super.write(bytes, offset, length);
    }
}
