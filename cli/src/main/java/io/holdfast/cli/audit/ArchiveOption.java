package io.holdfast.cli.audit;

import io.holdfast.cli.serve.DatabaseOption;
import io.holdfast.cli.serve.ServerDatabase;
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
}
