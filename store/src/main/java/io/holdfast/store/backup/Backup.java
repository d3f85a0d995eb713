package io.holdfast.store.backup;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.store.sqlite.DurableFiles;
import io.holdfast.store.sqlite.OnlineCopy;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Takes backups and restores them. A backup is taken while the database is used, and is what one moment had committed; it
 * is there in whole or not at all. A restored store is a copy: it is recognised as one by the first exchange, and nothing
 * that was acknowledged is lost or counted twice by it. Thread-safe.
 *
 * @param subject what is backed up
 * @param product the version of Holdfast, for the manifest
 */
public record Backup(Subject subject, String product, InstantSource clock) {

    /**
     * What a restore did.
     *
     * @param replaced where the database is now that was there before
     */
    public record Restored(Manifest manifest, Optional<Path> replaced) {}

    private interface Step<T> {
        T run() throws IOException;
    }

    /**
     * Takes a backup, and looks at every record of it before it gives it its name.
     *
     * @param replace whether a file of that name may be replaced
     * @throws HoldfastException FILE_EXISTS, STORE_NOT_A_STORE, STORE_DAMAGED, STORE_IN_USE, STORE_FULL, STORE_IO
     */
    public Manifest create(Path database, Path backup, boolean replace) {
        if (!Files.exists(database)) {
            throw new HoldfastException(
                    ErrorCode.STORE_NOT_A_STORE, "There is nothing at " + database + " to back up. Check the path.");
        }
        requireFree(backup, replace, "Choose another path, or replace it with --force.");
        Path unfinished = sibling(backup, ".new");
        return doing("The backup " + backup.getFileName() + " cannot be written", () -> {
            try {
                DurableFiles.createAnew(unfinished);
                OnlineCopy.of(database, unfinished);
                Manifest.Content content = content(database, unfinished);
                OnlineCopy.inOneFile(unfinished);
                Manifest manifest = new Manifest(
                        Manifest.FORMAT,
                        product,
                        clock.instant().truncatedTo(ChronoUnit.SECONDS),
                        content,
                        Files.size(unfinished),
                        BackupFile.hash(unfinished));
                BackupFile.seal(unfinished, manifest);
                DurableFiles.rename(unfinished, backup);
                return manifest;
            } finally {
                remove(unfinished);
            }
        });
    }

    /** What stands in the copy; whatever is wrong with it is wrong with the original. */
    private Manifest.Content content(Path database, Path copy) {
        try {
            return subject.content(copy);
        } catch (HoldfastException failed) {
            String sentence = String.valueOf(failed.getMessage())
                    .replace(copy.toString(), database.toString())
                    .replace(
                            copy.getFileName().toString(),
                            database.getFileName().toString());
            throw new HoldfastException(failed.code(), sentence, failed);
        }
    }

    /**
     * What a backup says about itself; only that is checked.
     *
     * @throws HoldfastException BACKUP_DAMAGED, BACKUP_UNFIT, STORE_IO
     */
    public static Manifest manifest(Path backup) {
        return doing("The backup " + backup.getFileName() + " cannot be read", () -> BackupFile.manifest(backup));
    }

    /**
     * Checks a backup: its bytes, its pages, and every record in it. Needs room for the database in the folder for temporary
     * files.
     *
     * @throws HoldfastException BACKUP_DAMAGED, BACKUP_UNFIT, STORE_FULL, STORE_IO
     */
    public Manifest verify(Path backup) {
        return doing("The backup " + backup.getFileName() + " cannot be read", () -> {
            Path copy = Files.createTempFile("holdfast-verify", ".db");
            try {
                return checked(backup, copy);
            } finally {
                remove(copy);
            }
        });
    }

    /**
     * Puts a backup in the place of a database. Everything is checked before the database is touched, which is kept under
     * another name.
     *
     * @param replace whether a database that is there may be replaced
     * @throws HoldfastException BACKUP_DAMAGED, BACKUP_UNFIT, FILE_EXISTS, STORE_IN_USE, STORE_FULL, STORE_IO
     */
    public Restored restore(Path backup, Path database, boolean replace) {
        requireFree(database, replace, "Check the path; --force replaces it, and keeps it under another name.");
        Path copy = sibling(database, ".restoring");
        return doing("The backup " + backup.getFileName() + " cannot be restored to " + database, () -> {
            BackupFile.manifest(backup);
            try (Subject.Hold hold = subject.hold(database)) {
                DurableFiles.createAnew(copy);
                Manifest manifest = checked(backup, copy);
                if (Files.exists(database)) {
                    subject.requireFits(manifest.content(), database);
                }
                Optional<Path> replaced = Aside.keep(database, clock.instant());
                DurableFiles.rename(copy, database);
                return new Restored(manifest, replaced);
            } finally {
                remove(copy);
            }
        });
    }

    /** Takes the database out of a backup, and refuses it unless everything in it is what the manifest says. */
    private Manifest checked(Path backup, Path copy) throws IOException {
        Manifest manifest = BackupFile.manifest(backup);
        Manifest.Kind kind = manifest.content().kind();
        if (kind != subject.kind()) {
            throw new HoldfastException(
                    ErrorCode.BACKUP_UNFIT,
                    "The backup " + backup.getFileName() + " is of a "
                            + kind.name().toLowerCase(Locale.ROOT) + ", not of a "
                            + subject.kind().name().toLowerCase(Locale.ROOT) + ". Restore it where it belongs.");
        }
        BackupFile.extract(backup, manifest, copy);
        if (!subject.content(copy).equals(manifest.content())) {
            throw BackupFile.damaged(backup);
        }
        OnlineCopy.inOneFile(copy);
        return manifest;
    }

    /** Removes a copy, and what was made beside it while it was looked at: logs, locks. */
    private static void remove(Path copy) throws IOException {
        Files.deleteIfExists(copy);
        String beside = copy.getFileName() + "-";
        try (DirectoryStream<Path> left = Files.newDirectoryStream(
                copy.toAbsolutePath().getParent(),
                file -> file.getFileName().toString().startsWith(beside))) {
            for (Path one : left) {
                Files.deleteIfExists(one);
            }
        }
    }

    private static void requireFree(Path file, boolean replace, String advice) {
        if (!replace && Files.exists(file)) {
            throw new HoldfastException(ErrorCode.FILE_EXISTS, file + " is there already. " + advice);
        }
    }

    private static <T> T doing(String failed, Step<T> step) {
        try {
            return step.run();
        } catch (IOException e) {
            boolean full = String.valueOf(e.getMessage()).contains("No space left");
            throw new HoldfastException(
                    full ? ErrorCode.STORE_FULL : ErrorCode.STORE_IO,
                    failed + (full ? ": the disk is full. Free some space." : ". Check the path and its permissions."),
                    e);
        }
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
