package io.holdfast.cli.backup;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.store.backup.Backup;
import io.holdfast.store.backup.Manifest;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks a backup. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Checks a backup as a restore would: every byte, every page, every record. Needs room for the"
                + " database in the folder for temporary files.",
        footerHeading = "%nExamples:%n",
        footer = {"  holdfast backup verify phone.backup", "  holdfast backup verify server.backup --json"})
public final class BackupVerifyCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Parameters(paramLabel = "BACKUP", description = "The backup.")
    private Path backup;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public BackupVerifyCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        Manifest manifest = kind().verify(backup);
        BackupReport report = new BackupReport(manifest);
        if (output.json()) {
            report.printJson(terminal, json -> json.writeStringProperty("backup", backup.toString()));
        } else {
            terminal.out().println(backup + " is sound. It was made at " + manifest.at() + ": " + report.text() + ".");
        }
        return report.warned(terminal);
    }

    private Backup kind() {
        return switch (Backup.manifest(backup).content().kind()) {
            case DEVICE -> BackupTarget.device(host);
            case SERVER -> BackupTarget.server(host);
        };
    }
}
