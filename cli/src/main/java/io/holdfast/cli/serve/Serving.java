package io.holdfast.cli.serve;

import io.holdfast.cli.frame.InputFile;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.schema.SchemaFile;
import io.holdfast.cli.source.GoogleAccounts;
import io.holdfast.cli.system.Host;
import io.holdfast.cli.system.Signals;
import io.holdfast.core.Limits;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.schema.Schema;
import io.holdfast.server.alerts.mail.SmtpTransport;
import io.holdfast.server.archive.Archive;
import io.holdfast.server.config.Home;
import io.holdfast.server.config.RulesJson;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.http.Foundation;
import io.holdfast.server.http.HoldfastServer;
import io.holdfast.server.http.app.Application;
import io.holdfast.server.operations.Operations;
import io.holdfast.server.operations.RunServices;
import io.holdfast.server.operations.SourceOpener;
import io.holdfast.server.run.RunTools;
import io.holdfast.server.settings.MailSettings;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.server.storage.SqlTokenStorage;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.system.Machine;
import java.util.List;
import java.util.stream.Stream;

/** Puts a server together, says where it is, and runs it until a signal. */
final class Serving {

    private final Terminal terminal;
    private final Host host;
    private final boolean json;

    Serving(Terminal terminal, Host host, boolean json) {
        this.terminal = terminal;
        this.host = host;
        this.json = json;
    }

    void run(ServeRequest request) throws InterruptedException {
        ServerConfig config = ServeConfig.of(request, host);
        HoldfastServer server = started(config);
        announce(server, config);
        Signals.await(() -> {
            server.close();
            terminal.flush();
        });
    }

    private HoldfastServer started(ServerConfig config) {
        List<Schema> files =
                config.home().schemas().stream().map(SchemaFile::read).toList();
        List<Application> apps = Apps.of(config.home());
        List<Schema> schemas = Stream.concat(files.stream(), apps.stream().map(Application::schema))
                .toList();
        WriteRules rules = rules(config.home(), schemas);
        Database database = ServerDatabase.open(config.home(), host);
        try {
            Machine real = Machine.real();
            Foundation foundation = new Foundation(
                    SqlServerStorage.open(database, schemas),
                    new SqlTokenStorage(database),
                    schemas,
                    rules,
                    new Machine(host.clock(), real.ticker(), real.random()));
            for (Application app : apps) {
                foundation = foundation.hosting(app);
            }
            HoldfastServer server =
                    HoldfastServer.of(config, foundation.running(runs(database, config.home(), foundation.machine())));
            database.listen(server.events()::moved);
            server.start();
            return server;
        } catch (RuntimeException | Error failed) {
            database.close();
            throw failed;
        }
    }

    /** Sources by hand and by the clock, over the same database. */
    private RunServices runs(Database database, Home home, Machine machine) {
        SmtpTransport mail = new SmtpTransport(() -> host.variable(MailSettings.PASSWORD_VARIABLE));
        Archive archive = new Archive(database, ServerDatabase.archive(home), machine.clock());
        Operations operations = Operations.of(database, machine, mail, archive);
        Apps.configure(home, operations.versions());
        RunTools tools = RunTools.real(operations.journal());
        return new RunServices(
                database,
                operations,
                tools,
                new SourceOpener(Runtime.getRuntime().maxMemory(), () -> GoogleAccounts.sheets(host)));
    }

    private static WriteRules rules(Home home, List<Schema> schemas) {
        return home.rules()
                .map(file -> RulesJson.read(InputFile.read(file, Limits.SCHEMA_BYTES_MAX), schemas))
                .orElse(WriteRules.OPEN);
    }

    /** The link is for whoever started the server on his own machine; others make a token. */
    private void announce(HoldfastServer server, ServerConfig config) {
        boolean own = config.listen().loopback();
        if (json) {
            JsonLine.print(terminal.out(), out -> {
                out.writeStringProperty("address", server.address().toString());
                if (own) {
                    out.writeStringProperty("adminLink", server.adminLink().toString());
                }
            });
        } else {
            terminal.out()
                    .println("Holdfast listens on " + server.address() + " and keeps its records in "
                            + ServerDatabase.described(config.home()) + ".");
            if (own) {
                terminal.out().println("Sign in as its administrator, once and within an hour: " + server.adminLink());
            }
        }
        if (!own && config.listen().tls().isEmpty()) {
            terminal.err()
                    .println("holdfast: warning: Tokens and records travel unencrypted; give a certificate with"
                            + " --tls-certificate and --tls-key, or let a proxy on this machine do that.");
        }
        terminal.flush();
    }
}
