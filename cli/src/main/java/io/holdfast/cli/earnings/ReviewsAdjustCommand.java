package io.holdfast.cli.earnings;

import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.record.EarningsReview;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Grants another amount. */
@Command(
        name = "adjust",
        mixinStandardHelpOptions = true,
        description = "Grants another amount. Balance and audit trail move with it.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast earnings reviews adjust 5d0c1e --user ann --amount 1.5 --reason 'half of it' --server https://earn.example.org --token -"
        })
final class ReviewsAdjustCommand extends Deciding {

    @Option(names = "--amount", required = true, paramLabel = "COINS", description = "What is granted instead.")
    private String amount;

    ReviewsAdjustCommand(Terminal terminal, Host host) {
        super(terminal, host);
    }

    @Override
    String status() {
        return EarningsReview.ADJUSTED;
    }

    @Override
    Optional<Coins> amount() {
        try {
            return Optional.of(Coins.parse("amount", amount));
        } catch (RecordRefusedException unfit) {
            throw new HoldfastException(ErrorCode.USAGE, String.valueOf(unfit.getMessage()), unfit);
        }
    }
}
