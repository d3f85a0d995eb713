package io.holdfast.cli.device;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.ScopeName;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.schema.SchemaFile;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.schema.Schema;
import io.holdfast.store.Store;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a device's store, or tells one that is there of a newer schema or another server. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a store for the records of one scope.",
            "On a store that is there it upgrades the schema and replaces the server and the token, and loses nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast device init --store phone.db --schema journal.json --scope ann",
            "  holdfast device init --store phone.db --schema journal.json --scope ann"
                    + " --server http://localhost:8420 --token -"
        })
public final class DeviceInitCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private StoreOption store;

    @Option(names = "--schema", required = true, paramLabel = "FILE", description = "The schema of its records.")
    private Path schema;

    @Option(names = "--scope", required = true, description = "Whose records it holds, as the server knows them.")
    private String scope;

    @Option(names = "--server", paramLabel = "URL", description = "The server to exchange with.")
    private @Nullable String server;

    @Mixin
    private TokenOption token;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public DeviceInitCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        ScopeName.checked(scope);
        Schema wanted = SchemaFile.read(schema);
        Optional<URI> address = Optional.ofNullable(server).map(ServerSettings::address);
        Optional<String> secret = token.read(terminal, host);
        if (secret.isPresent() && address.isEmpty() && token.given()) {
            throw new HoldfastException(ErrorCode.USAGE, "A token without a server opens nothing; add --server URL.");
        }
        boolean there = Files.exists(store.file());
        try (Store opened = Store.open(store.file(), wanted, scope, StoreOption.options(host))) {
            address.ifPresent(uri -> ServerSettings.remember(opened, uri, secret));
            report(opened, there);
        }
        return ExitCode.FINE;
    }

    private void report(Store opened, boolean there) {
        DeviceState.Identity identity = opened.device().identity();
        Optional<URI> address = ServerSettings.server(opened);
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> {
                json.writeStringProperty("store", store.file().toString());
                json.writeStringProperty("replica", identity.replica());
                json.writeStringProperty("scope", identity.scope());
                json.writeName("server");
                address.ifPresentOrElse(uri -> json.writeString(uri.toString()), json::writeNull);
                json.writeBooleanProperty("created", !there);
            });
        } else {
            terminal.out()
                    .println((there ? "Updated the store " : "Made the store ") + store.file() + " for the scope "
                            + identity.scope()
                            + address.map(uri -> ", which exchanges with " + uri)
                                    .orElse("") + ".");
        }
    }
}
