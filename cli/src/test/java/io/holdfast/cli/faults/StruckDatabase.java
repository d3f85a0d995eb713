package io.holdfast.cli.faults;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.Progress;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.run.RunListener;
import io.holdfast.server.run.RunReport;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.MoveListener;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.sql.Work;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/**
 * A database through which a run is struck in the middle of a phase, once: in FETCH while it reads the sheet, in COMPARE and VERIFY
 * within the transaction that digests the target, in UPDATE within the one that has just written the second thousand records, before
 * it commits. For one run, in the thread that makes this, whichever thread the database does its work in.
 */
final class StruckDatabase implements Database, RunListener {

    /** Records that an UPDATE has written, but for the last thousand of them not committed, when it is struck. */
    static final int WRITTEN = 2_000;

    private static final int READ = 1_000;

    private final Database database;
    private final Blow blow;
    private final BooleanSupplier silent;
    private final Thread thread = Thread.currentThread();
    private Phase now = Phase.FETCH;
    private boolean struck;

    /**
     * What happens in a phase.
     *
     * @param reading whether it happens while the sheet is read
     */
    record Blow(Phase phase, boolean reading, Runnable strike) {

        static Blow in(Phase phase, Runnable strike) {
            return new Blow(phase, phase == Phase.FETCH, strike);
        }

        static Blow whileReading(Phase phase, Runnable strike) {
            return new Blow(phase, true, strike);
        }
    }

    /** Answers unless it is told to be silent. */
    StruckDatabase(Database database, Blow blow, BooleanSupplier silent) {
        this.database = database;
        this.blow = blow;
        this.silent = silent;
    }

    @Override
    public void progress(RunId run, Progress progress) {
        now = progress.phase();
        if (due(true) && progress.done() >= READ) {
            strike();
        }
    }

    @Override
    public void ended(RunReport report) {}

    private boolean due(boolean reading) {
        return !struck
                && blow.reading() == reading
                && now == blow.phase()
                && Thread.currentThread().equals(thread);
    }

    private void strike() {
        struck = true;
        blow.strike().run();
    }

    private void answer() {
        if (silent.getAsBoolean()) {
            throw new HoldfastException(ErrorCode.UNAVAILABLE, "The database broke off.");
        }
    }

    @Override
    public <T> T write(Work<T> work) {
        answer();
        boolean due = due(false) && now == Phase.UPDATE;
        return database.write(session -> {
            T result = work.in(session);
            if (due && hasWritten(session)) {
                strike();
            }
            return result;
        });
    }

    private static boolean hasWritten(Session session) throws SQLException {
        return session.first("SELECT count(*) FROM sellers", row -> row.getLong(1))
                .filter(rows -> rows == WRITTEN)
                .isPresent();
    }

    @Override
    public <T> T read(Work<T> work) {
        answer();
        boolean due = due(false) && now != Phase.UPDATE;
        return database.read(session -> {
            T result = work.in(session);
            if (due) {
                strike();
            }
            return result;
        });
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
    public void close() {
        database.close();
    }
}
