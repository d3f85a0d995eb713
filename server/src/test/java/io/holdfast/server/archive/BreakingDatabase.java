package io.holdfast.server.archive;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.storage.DatabaseBeside;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.Work;
import java.util.concurrent.atomic.AtomicInteger;

/** A database that breaks off before a write. */
final class BreakingDatabase extends DatabaseBeside {

    private final AtomicInteger writesLeft;

    BreakingDatabase(Database there, AtomicInteger writesLeft) {
        super(there);
        this.writesLeft = writesLeft;
    }

    @Override
    public <T> T write(Work<T> work) {
        if (writesLeft.getAndDecrement() <= 0) {
            throw new HoldfastException(ErrorCode.UNAVAILABLE, "killed");
        }
        return super.write(work);
    }
}
