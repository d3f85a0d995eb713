package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.frame.TextTable;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.earnings.EarningsManager;
import io.holdfast.earnings.operations.KpisJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints how a server, or a device, does. */
@Command(
        name = "kpis",
        mixinStandardHelpOptions = true,
        description = {
            "Prints key figures of the last hours: of a server about all users that the token covers, or of one user's device."
                    + " They follow from the log of operations, as far back as it is kept."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast earnings kpis --server https://earn.example.org --token - --hours 168",
            "  holdfast earnings kpis --store ann.db --user ann --json"
        })
final class KpisCommand implements Operation {

    private static final int HOURS_MAX = 24 * 366;

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private RemoteOption remote;

    @Option(
            names = "--store",
            paramLabel = "FILE",
            description = "A device's store, instead of a server; needs --user.")
    private @Nullable Path store;

    @Option(names = "--user", paramLabel = "ID", description = "Whose earnings the store keeps.")
    private @Nullable String user;

    @Option(
            names = "--hours",
            paramLabel = "NUMBER",
            defaultValue = "24",
            description = "How far back, 1 to " + HOURS_MAX + "; ${DEFAULT-VALUE} if left out.")
    private int hours;

    @Mixin
    private JsonOption output;

    KpisCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        if (hours < 1 || hours > HOURS_MAX) {
            throw usage("The hours are 1 to " + HOURS_MAX + ", not " + hours + ".");
        }
        JsonTree kpis = kpis();
        if (output.json()) {
            terminal.out().println(CanonicalJson.of(kpis));
        } else if (kpis instanceof JsonTree.Members object) {
            table(object.members());
        }
        return ExitCode.FINE;
    }

    private JsonTree kpis() {
        if (remote.given() == (store != null)) {
            throw usage("Give either --server URL, or --store FILE and --user ID.");
        }
        if (store == null) {
            try (ServerOffice server = remote.open(terminal, host)) {
                return server.kpis(hours);
            }
        }
        if (user == null) {
            throw usage("Say whose store it is: --user ID.");
        }
        try (EarningsManager earnings = UserOption.open(store, user, host)) {
            String text = JsonLine.of(json -> KpisJson.write(earnings.kpis(Duration.ofHours(hours)), json));
            return JsonText.read(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static HoldfastException usage(String sentence) {
        return new HoldfastException(ErrorCode.USAGE, sentence);
    }

    private void table(Map<String, JsonTree> kpis) {
        TextTable table = new TextTable(List.of("what", "figure"));
        row(table, "since", text(kpis, "since").replaceFirst("\\.[0-9]+", ""));
        row(table, "messages", text(kpis, "syncs"));
        row(table, "succeeded", text(kpis, "succeeded"));
        row(table, "success rate", scaled(kpis, "successRate", 100, " %"));
        row(table, "tries after a failure", text(kpis, "retries"));
        row(table, "half took at most", scaled(kpis, "p50Micros", 0.001, " ms"));
        row(table, "95 of 100 took at most", scaled(kpis, "p95Micros", 0.001, " ms"));
        if (store != null) {
            row(table, "changes that wait", text(kpis, "queued"));
            row(table, "the oldest waits for", text(kpis, "oldestSeconds") + " s");
        } else {
            row(table, "open reviews", text(kpis, "openReviews"));
        }
        row(table, "errors of the system", text(kpis, "troubles"));
        row(table, "incidents of data loss", text(kpis, "dataLossIncidents"));
        table.print(terminal.out());
    }

    private static void row(TextTable table, String what, String figure) {
        table.add(List.of(what, figure));
    }

    private static String text(Map<String, JsonTree> kpis, String name) {
        return TreeRows.text(new JsonTree.Members(kpis), name);
    }

    private static String scaled(Map<String, JsonTree> kpis, String name, double factor, String unit) {
        String figure = text(kpis, name);
        return figure.isEmpty()
                ? "none"
                : new BigDecimal(figure)
                                .multiply(BigDecimal.valueOf(factor))
                                .setScale(1, RoundingMode.HALF_UP)
                                .toPlainString()
                        + unit;
    }
}
