package io.holdfast.cli.faults;

import io.holdfast.cli.faults.StruckDatabase.Blow;
import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.ErrorEntry;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunEvent;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.SqlRunJournal;
import io.holdfast.server.audit.SqlRunLog;
import io.holdfast.server.run.RunListener;
import io.holdfast.server.run.RunMode;
import io.holdfast.server.run.RunReport;
import io.holdfast.server.run.RunRequest;
import io.holdfast.server.run.RunTools;
import io.holdfast.server.run.Runs;
import io.holdfast.server.run.lease.Holder;
import io.holdfast.server.run.system.ThisProcess;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.PostgresDatabase;
import io.holdfast.server.storage.sql.SqliteDatabase;
import io.holdfast.server.system.Machine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A database that a sheet of sellers is run into, and what stands in it afterwards. */
record SellersTable(String url, Database database) implements AutoCloseable {

    static final String SQLITE = "jdbc:sqlite:";

    private static final int CONNECTIONS = 2;

    /** In a PostgreSQL, or in the embedded database, as the address says. */
    static SellersTable at(String url) {
        Database database = url.startsWith(SQLITE)
                ? SqliteDatabase.open(Path.of(url.substring(SQLITE.length())))
                : PostgresDatabase.open(url, CONNECTIONS);
        return new SellersTable(url, database);
    }

    /** A run that nothing happens to; it knows the process of the one before to be gone. */
    RunReport run(SellersSheet sheet) {
        return runs(database, () -> {}, new Holder("the next process", other -> true), RunListener.NONE, sheet);
    }

    /**
     * A run that is struck.
     *
     * @param pause what happens while it waits before it tries something again
     */
    RunReport run(SellersSheet sheet, Blow blow, Runnable pause) {
        StruckDatabase struck = new StruckDatabase(database, blow, () -> false);
        return runs(struck, pause, ThisProcess.holder(), struck, sheet);
    }

    /** A run whose connections are cut, and nothing answers from the strike on. */
    RunReport runUntilSilence(SellersSheet sheet, Phase phase) {
        AtomicBoolean silent = new AtomicBoolean();
        Blow blow = Blow.in(phase, () -> {
            terminate();
            silent.set(true);
        });
        StruckDatabase struck = new StruckDatabase(database, blow, silent::get);
        return runs(struck, () -> {}, ThisProcess.holder(), struck, sheet);
    }

    private static RunReport runs(
            Database database, Runnable pause, Holder holder, RunListener listener, SellersSheet sheet) {
        Machine machine = Machine.real();
        RunTools tools = new RunTools(
                new SqlRunJournal(database, machine.clock()),
                machine,
                length -> pause.run(),
                Path.of(System.getProperty("java.io.tmpdir")));
        RunRequest request = new RunRequest(sheet.source(), "office", RunMode.SYNC, Cause.COMMAND, "ann");
        return new Runs(database, holder, tools, RunListener.NONE)
                .claim(request)
                .run(listener);
    }

    /** The server ends all connections of runs, whatever they are at, and returns when they are gone. */
    void terminate() {
        number("SELECT count(pg_terminate_backend(pid, 60000)) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND application_name = 'holdfast'");
    }

    /** Whether the run's connections answer again. */
    boolean answers() {
        try {
            return database.<Boolean>write(session -> true) && database.<Boolean>read(session -> true);
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    /** Rows of the table, as any other program sees them. */
    long rows() {
        return number("SELECT count(*) FROM sellers");
    }

    /** Those of them in which everything is as the sheet has it. */
    long wholeRows() {
        String price = url.startsWith(SQLITE) ? "price / 100.0" : "price";
        return number("SELECT count(*) FROM sellers WHERE id = number AND number = 'S-' || CAST(substr(name, 8) AS int)"
                + " AND " + price + " = CAST(substr(number, 3) AS int)");
    }

    private long number(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The newest run that the journal has. */
    Run newest() {
        return log().runs(LogFilter.ALL, Optional.empty(), 1).getFirst();
    }

    Run told(RunId run) {
        return log().run(run, Optional.empty()).orElseThrow();
    }

    /** What was done so that a run goes on, each once. */
    List<String> recoveries(Run run) {
        return log().events(run.id()).stream()
                .filter(event -> event.kind() == RunEvent.Kind.RECOVERED)
                .map(event -> String.valueOf(event.detail().get("action")))
                .distinct()
                .toList();
    }

    /** The codes of a run's errors with their phases. */
    List<String> errors(Run run) {
        return log().errors(LogFilter.ALL.withRun(run.id()), Optional.empty(), 1_000).stream()
                .map(ErrorEntry::error)
                .map(error -> error.code() + " in " + error.phase())
                .toList();
    }

    private SqlRunLog log() {
        return new SqlRunLog(database);
    }

    @Override
    public void close() {
        database.close();
    }
}
