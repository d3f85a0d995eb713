package io.holdfast.cli.demo;

import io.holdfast.cli.runs.DatabaseRuns;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.Verification;
import io.holdfast.server.config.Home;
import io.holdfast.server.run.RunListener;
import io.holdfast.server.run.RunMode;
import io.holdfast.server.run.RunReport;
import io.holdfast.server.run.RunRequest;
import io.holdfast.server.run.Runs;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.sources.SheetFiles;
import io.holdfast.sources.mapping.FileSource;
import io.holdfast.sources.mapping.RecordSource;
import io.holdfast.sources.proposal.MappingProposal;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.table.Table;
import io.holdfast.sources.table.TableReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A real spreadsheet is taken into a database; another program damages the table; the next run finds what is missing and
 * different, and repairs it. For one run; not thread-safe.
 */
final class SheetDemo {

    private static final String SHEET = "bronx.xlsx";
    private static final String TARGET = "sales";
    private static final long MEMORY_BYTES = 64L << 20;
    private static final String DELETE = "DELETE FROM sales WHERE id IN (SELECT id FROM sales ORDER BY id LIMIT 3)";
    private static final String CHANGE = "UPDATE sales SET sale_price = sale_price + 1"
            + " WHERE id IN (SELECT id FROM sales ORDER BY id DESC LIMIT 2)";

    private final Path folder;
    private final Host host;
    private final Story story;

    SheetDemo(Path folder, Host host, Story story) {
        this.folder = folder;
        this.host = host;
        this.story = story;
    }

    /** Runs it all. */
    SheetOutcome run() {
        story.chapter("From a spreadsheet");
        RecordSource source = proposed(copied());
        Home home = Home.defaults().withData(folder.resolve("sheet-server"));
        try (Database database = ServerDatabase.open(home, host)) {
            Runs runs = DatabaseRuns.of(database, host);
            RunReport first = run(runs, source, RunMode.SYNC);
            story.tell(
                    "sheet",
                    "of real sales, its header below banner rows: by the mapping that is proposed %d rows become%n"
                            + "            %d records; %d repeats another",
                    first.source().rows(),
                    first.records().created(),
                    first.source().duplicates());
            long again = written(run(runs, source, RunMode.SYNC));
            story.tell("sheet", "is read again, which writes %d records", again);
            long damaged = database.write(session -> (long) session.update(DELETE) + session.update(CHANGE));
            story.tell("another", "program deletes rows of the table and changes prices, %d in all", damaged);
            Optional<Verification> look = run(runs, source, RunMode.VERIFY).verification();
            long found = look.map(told -> told.gaps() + told.mismatches()).orElse(0L);
            RunReport repair = run(runs, source, RunMode.SYNC);
            story.tell("sheet", "and table are compared: %d differ, and are written again", found);
            return new SheetOutcome(
                    first.source().rows(),
                    first.records().created(),
                    again,
                    damaged,
                    found,
                    written(repair),
                    first.fine() && repair.fine());
        }
    }

    private Path copied() {
        Path file = folder.resolve(SHEET);
        try (InputStream in = DemoEvents.resource(SHEET)) {
            Files.copy(in, file);
            return file;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static RecordSource proposed(Path file) {
        try (SheetFile opened = SheetFiles.open(file, MEMORY_BYTES)) {
            Table table = TableReader.read(opened, opened.firstVisible());
            MappingProposal.Subject subject =
                    new MappingProposal.Subject(String.valueOf(file.getFileName()), TARGET, Optional.empty());
            MappingProposal proposal =
                    MappingProposal.of(subject, table, mapping -> new FileSource(file, mapping, MEMORY_BYTES));
            return new FileSource(file, proposal.mapping(), MEMORY_BYTES);
        }
    }

    private RunReport run(Runs runs, RecordSource source, RunMode mode) {
        RunReport report = runs.claim(new RunRequest(source, TARGET, mode, Cause.COMMAND, host.person()))
                .run(RunListener.NONE);
        report.failure().ifPresent(failure -> {
            throw failure;
        });
        return report;
    }

    private static long written(RunReport report) {
        return report.records().created() + report.records().updated();
    }
}
