package io.holdfast.cli.bench;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.server.storage.sql.PostgresDatabase;
import io.holdfast.server.storage.sql.SqliteDatabase;
import io.holdfast.store.system.StoreBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures writing, exchanging, proving and repairing on this machine.",
            "Figures of the store stand beside a yardstick of the same run; figures of the exchange beside their goals."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast bench",
            "  holdfast bench --records 10000 --json",
            "  holdfast bench --database 'jdbc:postgresql://localhost/bench?user=bench'"
        })
public final class BenchCommand implements Operation {

    private final Terminal terminal;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder on the disk to measure; files are made in a new folder within it and stay.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--database",
            paramLabel = "JDBC-URL",
            description = "An empty PostgreSQL database to measure too; it is filled.")
    private Optional<String> database = Optional.empty();

    @Option(
            names = "--records",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Records of the first push and pull (default: ${DEFAULT-VALUE}).")
    private int records;

    @Mixin
    private JsonOption output;

    /** The command, printing to a terminal. */
    public BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() throws Exception {
        Path folder = folder();
        StoreBenchmark store = new StoreBenchmark(folder);
        store.puts(2_000).forEach(this::print);
        print(store.threads(4_000));
        ExchangeBenchmark exchange = new ExchangeBenchmark(folder, records, this::print);
        exchange.run(SqliteDatabase.open(folder.resolve("server.db")), "SQLite");
        if (database.isPresent()) {
            exchange.run(PostgresDatabase.open(database.get()), "PostgreSQL");
        }
        return ExitCode.FINE;
    }

    private Path folder() throws IOException {
        return data.isPresent()
                ? Files.createTempDirectory(Files.createDirectories(data.get()), "holdfast-bench")
                : Files.createTempDirectory("holdfast-bench");
    }

    private void print(StoreBenchmark.Figure figure) {
        print(new Figure(
                figure.name(),
                figure.value(),
                figure.unit(),
                String.format("%.2f times %s", figure.ratio(), figure.yardstick())));
    }

    private void print(Figure figure) {
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> {
                json.writeStringProperty("name", figure.name().strip());
                json.writeNumberProperty("value", figure.value());
                json.writeStringProperty("unit", figure.unit());
                json.writeStringProperty("against", figure.against());
            });
        } else {
            terminal.out().println(figure);
        }
        terminal.out().flush();
    }
}
