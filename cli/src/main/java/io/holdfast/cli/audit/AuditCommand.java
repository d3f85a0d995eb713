package io.holdfast.cli.audit;

import io.holdfast.cli.frame.CommandGroup;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The group of commands about the journal. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks up what happened, and what came of records in runs.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast audit query --key S-1001 --data data",
            "  holdfast audit events --scope ann --data data",
            "  holdfast audit search --key S-1001 --data data",
            "  holdfast audit archive --data data"
        })
public final class AuditCommand extends CommandGroup {

    private AuditCommand() {}

    /** The group with its commands. */
    public static CommandLine commands(Terminal terminal, Host host) {
        return new CommandLine(new AuditCommand())
                .addSubcommand(new AuditQueryCommand(terminal, host))
                .addSubcommand(new AuditEventsCommand(terminal, host))
                .addSubcommand(new AuditSearchCommand(terminal, host))
                .addSubcommand(new AuditArchiveCommand(terminal, host));
    }
}
