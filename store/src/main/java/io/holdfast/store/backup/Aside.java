package io.holdfast.store.backup;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.store.sqlite.OnlineCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** Keeps a database that is about to be replaced, under another name beside it. Stateless. */
final class Aside {

    /** What SQLite keeps beside a database, and would apply to whatever takes its place. */
    private static final List<String> LOGS = List.of("-wal", "-journal");

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private Aside() {}

    /**
     * Gives a database a second name, and leaves nothing beside the first that could be applied to another.
     *
     * @return the second name; empty if there is no such database
     * @throws HoldfastException STORE_IN_USE if somebody has it open
     */
    static Optional<Path> keep(Path database, Instant now) throws IOException {
        boolean there = Files.exists(database);
        if (there) {
            settle(database);
        }
        Path kept = free(database, now);
        for (String log : LOGS) {
            Path beside = sibling(database, log);
            if (Files.exists(beside)) {
                Files.move(beside, sibling(kept, log));
            }
        }
        Files.deleteIfExists(sibling(database, "-shm"));
        if (there) {
            link(database, kept);
        }
        return there ? Optional.of(kept) : Optional.empty();
    }

    /** A database that is sound is brought into one file; of one that is not, every file is kept as it is. */
    private static void settle(Path database) {
        try {
            OnlineCopy.inOneFile(database);
        } catch (HoldfastException failed) {
            if (failed.code() == ErrorCode.STORE_IN_USE) {
                throw failed;
            }
        }
    }

    /** As a second name where the file system has such, so that the first is never without a file. */
    private static void link(Path database, Path kept) throws IOException {
        try {
            Files.createLink(kept, database);
        } catch (UnsupportedOperationException | IOException noLinks) {
            Files.move(database, kept);
        }
    }

    private static Path free(Path database, Instant now) {
        Path kept = sibling(database, ".replaced-" + MOMENT.format(now));
        for (int i = 2; Files.exists(kept); i++) {
            kept = sibling(database, ".replaced-" + MOMENT.format(now) + "-" + i);
        }
        return kept;
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
