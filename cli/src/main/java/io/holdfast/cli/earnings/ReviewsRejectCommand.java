package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.earnings.record.EarningsReview;
import picocli.CommandLine.Command;

/** Refuses an amount. */
@Command(
        name = "reject",
        mixinStandardHelpOptions = true,
        description = "Grants nothing of the amount. Balance and audit trail move with it.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast earnings reviews reject 5d0c1e --user ann --reason 'changed app' --by olga --data data"})
final class ReviewsRejectCommand extends Deciding {

    ReviewsRejectCommand(Terminal terminal, Host host) {
        super(terminal, host);
    }

    @Override
    String status() {
        return EarningsReview.REJECTED;
    }
}
