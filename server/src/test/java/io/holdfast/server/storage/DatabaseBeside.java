package io.holdfast.server.storage;

import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.MoveListener;
import io.holdfast.server.storage.sql.Work;

/** Another way to a database, which does the same until a subclass has it fail. Closing it leaves the database open. */
public abstract class DatabaseBeside implements Database {

    private final Database there;

    protected DatabaseBeside(Database there) {
        this.there = there;
    }

    @Override
    public <T> T write(Work<T> work) {
        return there.write(work);
    }

    @Override
    public <T> T read(Work<T> work) {
        return there.read(work);
    }

    @Override
    public void announce(String scope, long sequence) {
        there.announce(scope, sequence);
    }

    @Override
    public void listen(MoveListener listener) {
        there.listen(listener);
    }

    @Override
    public void close() {}
}
