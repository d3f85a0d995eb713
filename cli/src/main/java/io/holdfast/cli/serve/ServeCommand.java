package io.holdfast.cli.serve;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.log.LogFormat;
import io.holdfast.cli.system.Host;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a server until it is told to stop. Names no class of the server, so that other commands do not load it. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a server: devices exchange their records with it, people look at its page.",
            "Without a database it keeps everything in an embedded one. It listens on this machine only unless --host says"
                    + " otherwise. SIGTERM or Ctrl-C stops it when running requests are done.",
            "Settings may also stand in a file (--config) and in the environment (HOLDFAST_PORT and so on); options come"
                    + " first, then the environment, then the file."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast serve --data data --schema journal.json",
            "  holdfast serve --data data --app earnings",
            "  holdfast serve --data data --app sellers",
            "  holdfast serve --database 'jdbc:postgresql://localhost/holdfast?user=ann' --schema journal.json --port 8421",
            "  holdfast serve --data data --schema journal.json --host 0.0.0.0 --name sync.example.org"
                    + " --tls-certificate chain.pem --tls-key key.pem"
        })
public final class ServeCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private DatabaseOption database;

    @Mixin
    private ListenOptions listen;

    @Option(names = "--schema", paramLabel = "FILE", arity = "1..*", description = "A schema to serve; one or more.")
    private List<Path> schemas = new ArrayList<>();

    @Option(
            names = "--app",
            paramLabel = "NAME",
            description = "An application to serve, with all that belongs to it: earnings, sellers. May be repeated.")
    private List<String> apps = new ArrayList<>();

    @Option(names = "--rules", paramLabel = "FILE", description = "Rules on who may write what, beyond the schemas.")
    private @Nullable Path rules;

    @Option(names = "--config", paramLabel = "FILE", description = "Further settings, as JSON.")
    private @Nullable Path config;

    @Option(names = "--log-json", description = "Log one JSON object for each event.")
    private boolean logJson;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public ServeCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() throws InterruptedException {
        (logJson ? LogFormat.JSON : LogFormat.LINES).choose();
        ServeRequest request =
                new ServeRequest(database, listen, List.copyOf(schemas), List.copyOf(apps), rules, config);
        new Serving(terminal, host, output.json()).run(request);
        return ExitCode.FINE;
    }
}
