package io.holdfast.sellers;

import io.holdfast.server.alerts.Alert;
import io.holdfast.server.alerts.AlertBook;
import io.holdfast.server.alerts.AlertType;
import io.holdfast.server.alerts.Alerts;
import io.holdfast.server.alerts.WatchedJournal;
import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.RunError;
import io.holdfast.server.audit.RunJournal;
import io.holdfast.server.audit.RunLog;
import io.holdfast.server.audit.SqlRunJournal;
import io.holdfast.server.audit.SqlRunLog;
import io.holdfast.server.run.RunListener;
import io.holdfast.server.run.RunMode;
import io.holdfast.server.run.RunReport;
import io.holdfast.server.run.RunRequest;
import io.holdfast.server.run.RunTools;
import io.holdfast.server.run.Runs;
import io.holdfast.server.run.lease.Holder;
import io.holdfast.server.settings.LiveSettings;
import io.holdfast.server.settings.SqlSettings;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.SqliteDatabase;
import io.holdfast.server.system.Machine;
import io.holdfast.sources.mapping.FileSource;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An office with its two sheets, and the database that they go to. */
final class SellersOffice implements AutoCloseable {

    private static final long MEMORY = 64L << 20;

    final Database database;

    private final Path folder;
    private final SettableClock clock = SettableClock.at("2026-11-20T10:00:00Z");
    private final RunLog log;
    private final AlertBook alerts;
    private final Runs runs;
    private String scope = "office";

    SellersOffice(Path folder) {
        SeededRandom random = new SeededRandom(1);
        this.folder = folder;
        database = SqliteDatabase.open(folder.resolve("server.db"));
        log = new SqlRunLog(database);
        alerts = new AlertBook(database, new AlertBook.AlertIds(clock, random));
        LiveSettings settings =
                new LiveSettings(database, new SqlSettings(database, clock), () -> clock.millis() * 1_000_000);
        Alerts judge = new Alerts(database, alerts, settings);
        RunJournal journal = new WatchedJournal(new SqlRunJournal(database, clock), List.of(judge::ended));
        RunTools tools = new RunTools(journal, new Machine(clock, () -> 0, random), clock::advance, folder);
        runs = new Runs(database, new Holder("test", other -> false), tools, RunListener.NONE);
    }

    /** From now on the sheets are another office's, of which there is nothing yet. */
    void move(String other) {
        scope = other;
    }

    /** The sheet of properties that has these, in this order. */
    RunReport properties(Collection<String> numbers) {
        StringBuilder sheet = new StringBuilder("Property,Address\n");
        numbers.forEach(number -> sheet.append(number).append(",1 Main Street\n"));
        return sync(SellersMappings.PROPERTIES, sheet.toString());
    }

    /** The sheet of sellers that has these rows. */
    RunReport sellers(Collection<String> rows) {
        return sync(SellersMappings.SELLERS, sheet(rows));
    }

    private static String sheet(Collection<String> rows) {
        return "Seller No,Name,Phone,Property,Asking Price,Changed\n" + String.join("\n", rows) + "\n";
    }

    private RunReport sync(Mapping mapping, String sheet) {
        clock.advance(Duration.ofSeconds(1));
        RunRequest request = new RunRequest(
                new FileSource(write(mapping, sheet), mapping, MEMORY), scope, RunMode.SYNC, Cause.COMMAND, "ann");
        return runs.claim(request).run(RunListener.NONE);
    }

    private Path write(Mapping mapping, String sheet) {
        try {
            return Files.writeString(folder.resolve(mapping.target() + ".csv"), sheet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sheet of sellers with these rows, before any run. */
    FileSource source(Collection<String> rows) {
        return new FileSource(write(SellersMappings.SELLERS, sheet(rows)), SellersMappings.SELLERS, MEMORY);
    }

    /** What the journal says went wrong in a run. */
    List<RunError> errors(RunReport report) {
        return log.errors(LogFilter.ALL.withRun(report.run()), Optional.empty(), RunLog.PAGE_MAX).stream()
                .map(entry -> entry.error())
                .toList();
    }

    /** The alert about the integrity of this office's sellers, as long as it is not over. */
    Optional<Alert> integrityAlert() {
        return alerts.list(Optional.of(Set.of(scope)), Set.of(Alert.State.OPEN), "", AlertBook.PAGE_MAX).stream()
                .filter(alert -> alert.type() == AlertType.INTEGRITY)
                .filter(alert -> alert.subject().equals(SellersMappings.SELLERS.target()))
                .findFirst();
    }

    @Override
    public void close() {
        database.close();
    }
}
