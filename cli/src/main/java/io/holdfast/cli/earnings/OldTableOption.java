package io.holdfast.cli.earnings;

import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.RecordRefusedException;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.migration.EarningsMigration;
import io.holdfast.earnings.migration.OldNames;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which old table, in which database. */
final class OldTableOption {

    @Mixin
    private DatabaseOption database;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            defaultValue = "user_earnings",
            description = "The old table, ${DEFAULT-VALUE} if left out.")
    private String table;

    @Option(
            names = "--column",
            paramLabel = "COLUMN=NAME",
            description =
                    "The old table's name for user_id, current_earnings, earning_rate, last_update or start_date.")
    private Map<String, String> columns = Map.of();

    /** The migration of that table. */
    EarningsMigration open(Host host, String rate) {
        Terms standard = Terms.of(coins(rate));
        OldNames names = OldNames.of(table, columns);
        return EarningsMigration.open(
                ServerDatabase.openThere(database, host), names, standard, host.clock(), host.random());
    }

    private static Coins coins(String rate) {
        try {
            return Coins.parse("rate", rate);
        } catch (RecordRefusedException unfit) {
            throw new HoldfastException(ErrorCode.USAGE, String.valueOf(unfit.getMessage()), unfit);
        }
    }
}
