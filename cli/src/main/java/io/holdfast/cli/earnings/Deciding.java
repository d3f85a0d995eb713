package io.holdfast.cli.earnings;

import io.holdfast.cli.device.DecisionOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonTree;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.server.ReviewDesk;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the commands that decide a review have in common. */
abstract class Deciding implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Parameters(paramLabel = "REVIEW", description = "The review, as 'earnings reviews list' shows its id.")
    private String review;

    @Option(names = "--user", required = true, paramLabel = "ID", description = "Whose review it is.")
    private String user;

    @Mixin
    private DecisionOption decision;

    @Mixin
    private OfficeOption office;

    @Mixin
    private JsonOption output;

    Deciding(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    /** What is decided. */
    abstract String status();

    /** What is granted, if it is neither all nor nothing. */
    Optional<Coins> amount() {
        return Optional.empty();
    }

    @Override
    public final ExitCode run() {
        if (office.throughServer() && decision.personGiven()) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "At a server the token says who decides; leave --by out, or use --data or --database.");
        }
        ReviewDesk.Verdict verdict = new ReviewDesk.Verdict(status(), amount(), decision.reason());
        JsonTree decided;
        try (Office opened = office.open(terminal, host, decision.person(host))) {
            decided = opened.decide(user, review, verdict);
        }
        if (output.json()) {
            terminal.out().println(CanonicalJson.of(decided));
        } else {
            terminal.out()
                    .println("The review " + review + " of " + user + " is " + TreeRows.text(decided, "status") + " by "
                            + TreeRows.text(decided, "decided_by") + ": " + TreeRows.text(decided, "granted")
                            + " coins are granted for " + TreeRows.text(decided, "amount") + " that waited.");
        }
        return ExitCode.FINE;
    }
}
