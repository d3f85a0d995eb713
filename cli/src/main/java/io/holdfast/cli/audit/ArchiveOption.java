package io.holdfast.cli.audit;

import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the archive is. */
final class ArchiveOption {

    @Option(
            names = "--archive",
            paramLabel = "DIR",
            description =
                    "The archive's folder; by default the folder archive beside the embedded database, or in holdfast-data.")
    private @Nullable Path folder;

    Path folder(DatabaseOption database) {
        return folder == null ? ServerDatabase.archive(database) : folder;
    }

    /**
     * The folder to look into. One that was named has to be there, as its absence would look like an empty one; the default
     * one appears with the first file.
     *
     * @throws HoldfastException USAGE
     */
    Path folderThere(DatabaseOption database) {
        if (folder != null && !Files.isDirectory(folder)) {
            throw new HoldfastException(ErrorCode.USAGE, "There is no folder " + folder + "; check --archive.");
        }
        return folder(database);
    }
}
