package io.holdfast.cli.backup;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.store.backup.Manifest;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a backup. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = {
            "Copies a device's store, or a server's embedded database, into one file, as it is at one moment; programs that"
                    + " use it go on. The file appears when it is whole and every record in it was looked at.",
            "The exit code is 1 if records were found damaged; the copy is made all the same."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast backup create --store phone.db --to phone.backup",
            "  holdfast backup create --data data --to server.backup --json"
        })
public final class BackupCreateCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private BackupTarget source;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "The backup to write.")
    private Path backup;

    @Option(names = "--force", description = "Replace a backup that is there.")
    private boolean force;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public BackupCreateCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        Manifest manifest = source.backup(host).create(source.file(), backup, force);
        BackupReport report = new BackupReport(manifest);
        if (output.json()) {
            report.printJson(terminal, json -> json.writeStringProperty("backup", backup.toString()));
        } else {
            terminal.out().println("Wrote " + backup + ": " + report.text() + ".");
        }
        return report.warned(terminal);
    }
}
