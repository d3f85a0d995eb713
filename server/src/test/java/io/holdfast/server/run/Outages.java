package io.holdfast.server.run;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.MoveListener;
import io.holdfast.server.storage.sql.Work;

/** A database that is away at times. For one thread. */
final class Outages implements Database {

    private final Database database;
    private boolean away;

    Outages(Database database) {
        this.database = database;
    }

    void begin() {
        away = true;
    }

    void end() {
        away = false;
    }

    private Database there() {
        if (away) {
            throw new HoldfastException(ErrorCode.UNAVAILABLE, "The database broke off. Try again.");
        }
        return database;
    }

    @Override
    public <T> T write(Work<T> work) {
        return there().write(work);
    }

    @Override
    public <T> T read(Work<T> work) {
        return there().read(work);
    }

    @Override
    public void announce(String scope, long sequence) {
        database.announce(scope, sequence);
    }

    @Override
    public void listen(MoveListener listener) {
        database.listen(listener);
    }

    @Override
    public void close() {}
}
