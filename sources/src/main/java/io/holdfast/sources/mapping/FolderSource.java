package io.holdfast.sources.mapping;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.value.Sha256;
import io.holdfast.sources.SheetFiles;
import io.holdfast.sources.sheet.FileMark;
import io.holdfast.sources.sheet.SheetFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All files of a folder as one source, in the order of their names (UTF-16); folders in it, hidden files and the locks that spreadsheet
 * programs leave beside open files ({@code ~$}) are passed over. Every file must be a sheet with the columns of the mapping: if one
 * is not, the folder is refused before its first row is read. Files that come, go or change while they are read are
 * SOURCE_CHANGED. Thread-safe.
 */
public final class FolderSource implements RecordSource {

    /** Most files of a folder. */
    public static final int FILES_MAX = 10_000;

    private final Path folder;
    private final Mapping mapping;
    private final long memoryBytes;

    /**
     * Reads a folder by a mapping.
     *
     * @param memoryBytes of the process: a workbook's table of strings may take a quarter of it, telling repeated keys a half
     */
    public FolderSource(Path folder, Mapping mapping, long memoryBytes) {
        this.folder = folder;
        this.mapping = mapping;
        this.memoryBytes = memoryBytes;
    }

    @Override
    public String name() {
        return String.valueOf(folder.getFileName());
    }

    @Override
    public Mapping mapping() {
        return mapping;
    }

    /** SHA-256 over the names and the bytes of all files. What cannot be read has none: opening it says why. */
    @Override
    public Optional<String> fingerprint() {
        try {
            Sha256 sha = new Sha256();
            for (FileMark mark : files()) {
                sha.text(FileBytes.sha256(mark.file())).text(mark.file().getFileName() + "/");
            }
            return Optional.of(sha.hex());
        } catch (IOException | HoldfastException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public MappedRecords open() {
        List<FileMark> files = files();
        files.forEach(file -> sheet(file).close());
        return new MappedRecords(mapping, new FolderRows(files, this::sheet, () -> check(files)), memoryBytes);
    }

    private SheetRows sheet(FileMark mark) {
        return SheetRows.open(
                String.valueOf(mark.file().getFileName()), mapping, SheetFiles.open(mark.file(), memoryBytes));
    }

    private List<FileMark> files() {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(FolderSource::isMeant)
                    .sorted()
                    .limit(FILES_MAX + 1L)
                    .toList();
        } catch (IOException unreadable) {
            throw refused("cannot be read; check its permissions");
        }
        if (files.isEmpty()) {
            throw refused("holds no files; put the sheets into it");
        }
        if (files.size() > FILES_MAX) {
            throw new SheetFailures("The folder " + folder, name())
                    .tooLarge("holds more than " + FILES_MAX + " files; divide it");
        }
        return files.stream().map(FileMark::of).toList();
    }

    private static boolean isMeant(Path file) {
        String name = String.valueOf(file.getFileName());
        return Files.isRegularFile(file) && !name.startsWith(".") && !name.startsWith("~$");
    }

    private HoldfastException refused(String why) {
        return new HoldfastException(ErrorCode.SOURCE_FORMAT, "The folder " + folder + " " + why + ".");
    }

    private void check(List<FileMark> files) {
        if (!files.equals(files())) {
            throw new SheetFailures("The folder " + folder, name()).changed();
        }
    }
}
