package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.CommandGroup;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about amounts that wait for a person. */
@Command(
        name = "reviews",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Shows amounts that a person must decide about, and decides.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast earnings reviews list --data data",
            "  holdfast earnings reviews accept 5d0c1e --user ann --reason 'seen the logs' --by olga --data data",
            "  holdfast earnings reviews adjust 5d0c1e --user ann --amount 1.5 --reason 'half' --server https://earn.example.org"
        })
final class ReviewsCommand extends CommandGroup {

    private ReviewsCommand() {}

    static CommandLine commands(Terminal terminal, Host host) {
        return new CommandLine(new ReviewsCommand())
                .addSubcommand(new ReviewsListCommand(terminal, host))
                .addSubcommand(new ReviewsAcceptCommand(terminal, host))
                .addSubcommand(new ReviewsRejectCommand(terminal, host))
                .addSubcommand(new ReviewsAdjustCommand(terminal, host));
    }
}
