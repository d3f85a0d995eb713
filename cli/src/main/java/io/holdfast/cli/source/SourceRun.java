package io.holdfast.cli.source;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.InputFile;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.ScopeName;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.runs.DatabaseRuns;
import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.cli.system.Signals;
import io.holdfast.server.audit.Cause;
import io.holdfast.server.run.ClaimedRun;
import io.holdfast.server.run.RunMode;
import io.holdfast.server.run.RunReport;
import io.holdfast.server.run.RunReportJson;
import io.holdfast.server.run.RunRequest;
import io.holdfast.server.run.Runs;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.sources.mapping.Mapping;
import io.holdfast.sources.mapping.MappingReader;
import io.holdfast.sources.mapping.RecordSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands that run a source against a database have in common. */
final class SourceRun {

    @Parameters(paramLabel = "FILE", description = SheetPlace.FILE_OR_FOLDER)
    private String file;

    @Option(
            names = "--mapping",
            required = true,
            paramLabel = "MAPPING",
            description = "The mapping, YAML or JSON: 'holdfast source map FILE' proposes one.")
    private Path mapping;

    @Mixin
    private DatabaseOption database;

    @Option(
            names = "--scope",
            paramLabel = "NAME",
            description = "Whose records these are on the server; else named after the mapping's target.")
    private @Nullable String scope;

    @Mixin
    private JsonOption output;

    private final Terminal terminal;
    private final Host host;

    SourceRun(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    ExitCode run(RunMode mode) throws IOException {
        Mapping how = MappingReader.read(InputFile.read(mapping, MappingReader.BYTES_MAX));
        RecordSource source = new SheetPlace(file, host).source(how);
        RunRequest request = new RunRequest(
                source, scope == null ? how.target() : ScopeName.checked(scope), mode, Cause.COMMAND, host.person());
        RunReport report;
        try (Database opened = ServerDatabase.openOrMake(database, host)) {
            report = run(opened, request);
        }
        print(report);
        report.failure().ifPresent(failure -> {
            throw failure;
        });
        boolean dry = mode == RunMode.DRY_RUN;
        return report.fine() || (dry && report.records().clean()) ? ExitCode.FINE : ExitCode.WRONG;
    }

    private RunReport run(Database opened, RunRequest request) {
        Runs runs = DatabaseRuns.of(opened, host);
        ClaimedRun claimed = runs.claim(request);
        CountDownLatch ended = new CountDownLatch(1);
        try (RunProgress progress = new RunProgress(terminal, host.clock());
                Signals.Watch watch = Signals.beforeStop(() -> stop(runs, claimed, ended))) {
            return claimed.run(progress);
        } finally {
            ended.countDown();
        }
    }

    /** The present batch is written whole, and the journal says who ended the run, before the process goes. */
    private void stop(Runs runs, ClaimedRun claimed, CountDownLatch ended) {
        runs.cancel(claimed.id(), host.person());
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(RunReport report) {
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> RunReportJson.write(report, json));
        } else {
            RunText.lines(report).forEach(terminal.out()::println);
        }
        terminal.out().flush();
    }
}
