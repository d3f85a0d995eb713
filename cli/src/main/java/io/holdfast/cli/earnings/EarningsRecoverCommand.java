package io.holdfast.cli.earnings;

import io.holdfast.cli.device.PersonOption;
import io.holdfast.cli.device.ServerSettings;
import io.holdfast.cli.device.TokenOption;
import io.holdfast.cli.device.TrustOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.client.ClientOptions;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.earnings.EarningsManager;
import io.holdfast.earnings.EarningsRecovery;
import io.holdfast.earnings.Notice;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what is wrong with a user's file, and mends it. */
@Command(
        name = "recover",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at every page and every row of a user's store, and says what is wrong and what can be done; the exit code is 1 then.",
            "With a choice it does that: a sound file takes the place of the damaged one, which is kept beside it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast earnings recover --store ann.db --user ann",
            "  holdfast earnings recover --store ann.db --user ann --readable",
            "  holdfast earnings recover --store ann.db --user ann --server https://earn.example.org --token -",
            "  holdfast earnings recover --store ann.db --user ann --backup ann.backup"
        })
public final class EarningsRecoverCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private UserOption user;

    @Option(names = "--readable", description = "Keep what can be read, also what the server has not got.")
    private boolean readable;

    @Option(names = "--server", paramLabel = "URL", description = "Fetch everything anew from this server.")
    private @Nullable String server;

    @Mixin
    private TokenOption token;

    @Mixin
    private TrustOption trust;

    @Option(names = "--backup", paramLabel = "FILE", description = "Restore this backup.")
    private @Nullable Path backup;

    @Mixin
    private PersonOption person;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public EarningsRecoverCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() throws InterruptedException {
        long choices = Stream.of(readable, server != null, backup != null)
                .filter(chosen -> chosen)
                .count();
        if (choices > 1) {
            throw new HoldfastException(ErrorCode.USAGE, "Choose one of --readable, --server and --backup.");
        }
        EarningsRecovery recovery = user.recovery(host);
        if (choices == 0) {
            return look(recovery);
        }
        print(recovered(recovery));
        return ExitCode.FINE;
    }

    private EarningsRecovery.Recovered recovered(EarningsRecovery recovery) throws InterruptedException {
        if (server == null) {
            return backup != null ? recovery.fromBackup(backup) : recovery.keepReadable(person.name(host));
        }
        URI address = ServerSettings.address(server);
        String secret = token.require(terminal, host);
        EarningsRecovery.Recovered recovered = recovery.fromServer(connection(address, secret));
        try (EarningsManager earnings = user.open(host)) {
            ServerSettings.remember(earnings.store(), address, Optional.of(secret));
        }
        return recovered;
    }

    private ClientOptions connection(URI address, String secret) {
        ClientOptions options = ClientOptions.of(address.toString(), secret).withHints(false);
        return trust.trust().map(options::withTrust).orElse(options);
    }

    private ExitCode look(EarningsRecovery recovery) {
        Optional<Notice> damage = recovery.look();
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> {
                json.writeBooleanProperty("damaged", damage.isPresent());
                damage.ifPresent(notice -> {
                    json.writeStringProperty("code", notice.code().name());
                    json.writeStringProperty("message", notice.sentence());
                    json.writeArrayPropertyStart("findings");
                    notice.findings().forEach(json::writeString);
                    json.writeEndArray();
                    json.writeArrayPropertyStart("choices");
                    notice.choices().forEach(choice -> json.writeString(option(choice)));
                    json.writeEndArray();
                });
            });
        } else {
            damage.ifPresentOrElse(
                    this::print,
                    () -> terminal.out().println("Nothing is wrong with the store of " + user.user() + "."));
        }
        return damage.isPresent() ? ExitCode.WRONG : ExitCode.FINE;
    }

    private void print(Notice notice) {
        terminal.err().println("holdfast: " + notice.sentence());
        notice.findings().forEach(finding -> terminal.out().println(finding));
        List<String> options =
                notice.choices().stream().map(EarningsRecoverCommand::option).toList();
        if (options.isEmpty()) {
            return;
        }
        terminal.out().println("Run it again with one of " + String.join(", ", options) + ".");
    }

    private static String option(Notice.Choice choice) {
        return switch (choice) {
            case SERVER -> "--server URL";
            case BACKUP -> "--backup FILE";
            case READABLE -> "--readable";
        };
    }

    private void print(EarningsRecovery.Recovered recovered) {
        String aside = recovered.aside().map(Path::toString).orElse("");
        if (output.json()) {
            JsonLine.print(terminal.out(), json -> {
                json.writeStringProperty("from", recovered.choice().name().toLowerCase(Locale.ROOT));
                json.writeStringProperty("aside", aside);
                json.writeNumberProperty("records", recovered.records());
                json.writeNumberProperty("waiting", recovered.waiting());
                json.writeNumberProperty("lost", recovered.lost());
            });
        } else {
            terminal.out()
                    .println("The store of " + user.user() + " is sound again: " + recovered.records() + " records, "
                            + recovered.waiting() + " changes that wait, " + recovered.lost() + " lost."
                            + (aside.isEmpty() ? "" : " The damaged file is " + aside + "."));
            if (!knowsServer()) {
                terminal.out()
                        .println("It knows no server; if it had one, name it with 'holdfast earnings init "
                                + user.words() + " --server URL --token TOKEN'.");
            }
        }
    }

    private boolean knowsServer() {
        try (EarningsManager earnings = user.open(host)) {
            return ServerSettings.server(earnings.store()).isPresent();
        }
    }
}
