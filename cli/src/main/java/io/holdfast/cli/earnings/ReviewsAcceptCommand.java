package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.earnings.record.EarningsReview;
import picocli.CommandLine.Command;

/** Grants an amount. */
@Command(
        name = "accept",
        mixinStandardHelpOptions = true,
        description = "Grants the amount in full. Balance and audit trail move with it.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast earnings reviews accept 5d0c1e --user ann --reason 'seen the logs' --data data"})
final class ReviewsAcceptCommand extends Deciding {

    ReviewsAcceptCommand(Terminal terminal, Host host) {
        super(terminal, host);
    }

    @Override
    String status() {
        return EarningsReview.ACCEPTED;
    }
}
