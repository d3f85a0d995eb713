package io.holdfast.server.archive;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.MoveListener;
import io.holdfast.server.storage.sql.Work;
import java.util.concurrent.atomic.AtomicInteger;

/** A database that breaks off before a write. */
record BreakingDatabase(Database there, AtomicInteger writesLeft) implements Database {
    @Override
    public <T> T write(Work<T> work) {
        if (writesLeft.getAndDecrement() <= 0) {
            throw new HoldfastException(ErrorCode.UNAVAILABLE, "killed");
        }
        return there.write(work);
    }

    @Override
    public <T> T read(Work<T> work) {
        return there.read(work);
    }

    @Override
    public void announce(String scope, long sequence) {}

    @Override
    public void listen(MoveListener listener) {}

    @Override
    public void close() {}
}
