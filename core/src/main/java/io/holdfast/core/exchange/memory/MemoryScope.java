package io.holdfast.core.exchange.memory;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/** One scope's tables behind the scope's lock. Thread-safe. */
final class MemoryScope {

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final ScopeTables tables;

    MemoryScope(ScopeTables tables) {
        this.tables = tables;
    }

    <T> T reading(Function<ScopeTables, T> body) {
        return under(lock.readLock(), body);
    }

    <T> T writing(Function<ScopeTables, T> body) {
        return under(lock.writeLock(), body);
    }

    MemoryScope copy() {
        return new MemoryScope(reading(ScopeTables::copy));
    }

    private <T> T under(Lock held, Function<ScopeTables, T> body) {
        held.lock();
        try {
            return body.apply(tables);
        } finally {
            held.unlock();
        }
    }
}
