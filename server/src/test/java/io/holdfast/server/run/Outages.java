package io.holdfast.server.run;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.storage.DatabaseBeside;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.Work;

/** A database that is away at times. For one thread. */
final class Outages extends DatabaseBeside {

    private boolean away;

    Outages(Database database) {
        super(database);
    }

    void begin() {
        away = true;
    }

    void end() {
        away = false;
    }

    private void requireThere() {
        if (away) {
            throw new HoldfastException(ErrorCode.UNAVAILABLE, "The database broke off. Try again.");
        }
    }

    @Override
    public <T> T write(Work<T> work) {
        requireThere();
        return super.write(work);
    }

    @Override
    public <T> T read(Work<T> work) {
        requireThere();
        return super.read(work);
    }
}
