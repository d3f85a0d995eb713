package io.holdfast.cli.backup;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.store.backup.Backup;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restores a backup. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Checks every byte and every record of a backup, and only then puts it where it belongs. Programs that use the"
                    + " store or the database must be stopped first.",
            "What is there already is replaced only with --force, and is kept beside it under another name."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast backup restore phone.backup --store phone.db",
            "  holdfast backup restore server.backup --data data --force"
        })
public final class BackupRestoreCommand implements Operation {

    private final Terminal terminal;
    private final Host host;

    @Parameters(paramLabel = "BACKUP", description = "The backup.")
    private Path backup;

    @Mixin
    private BackupTarget target;

    @Option(names = "--force", description = "Replace what is there; it is kept under another name.")
    private boolean force;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public BackupRestoreCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        Path file = target.file();
        Backup.Restored restored = target.backup(host).restore(backup, file, force);
        BackupReport report = new BackupReport(restored.manifest());
        Optional<String> replaced = restored.replaced().map(Path::toString);
        if (output.json()) {
            report.printJson(terminal, json -> {
                json.writeStringProperty("restored", file.toString());
                replaced.ifPresent(path -> json.writeStringProperty("replaced", path));
            });
        } else {
            terminal.out()
                    .println("Restored " + file + " as it was at "
                            + restored.manifest().at() + ": " + report.text() + ".");
            replaced.ifPresent(path -> terminal.out().println("What was there before is kept as " + path + "."));
        }
        return report.warned(terminal);
    }
}
