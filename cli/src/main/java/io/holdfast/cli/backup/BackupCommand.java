package io.holdfast.cli.backup;

import io.holdfast.cli.frame.CommandGroup;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about backups. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Copies a device's store, or a server's embedded database, while it is used, and restores such copies.",
            "A restored store is recognised at its next exchange: what the server has comes back, what only the copy has"
                    + " is sent again, and nothing counts twice. A backup holds everything that the original holds, its"
                    + " token and the secret of its digests too: keep it as safe.",
            "For a server on PostgreSQL use pg_dump and pg_restore."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast backup create --store phone.db --to phone.backup",
            "  holdfast backup create --data data --to server.backup",
            "  holdfast backup verify phone.backup",
            "  holdfast backup restore phone.backup --store phone.db --force"
        })
public final class BackupCommand extends CommandGroup {

    private BackupCommand() {}

    /** The group with its commands. */
    public static CommandLine commands(Terminal terminal, Host host) {
        return new CommandLine(new BackupCommand())
                .addSubcommand(new BackupCreateCommand(terminal, host))
                .addSubcommand(new BackupRestoreCommand(terminal, host))
                .addSubcommand(new BackupVerifyCommand(terminal, host));
    }
}
