package io.holdfast.server.storage;

import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import org.junit.jupiter.api.Nested;

class InMemoryServerStorageTest {

    @Nested
    class DecidingUnderTheLock extends ConcurrentAppendsContract {
        @Override
        ServerStorage open() {
            return new InMemoryServerStorage();
        }

        @Override
        ServerStorage another() {
            return storage;
        }
    }

    @Nested
    class DecidingByCompareAndSet extends ConcurrentAppendsContract {
        @Override
        ServerStorage open() {
            return new InMemoryServerStorage(InMemoryServerStorage.Locking.COMPARE_AND_SET);
        }

        @Override
        ServerStorage another() {
            return storage;
        }
    }
}
