package io.holdfast.sellers;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.settings.SourceSettings;
import io.holdfast.sources.mapping.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a server keeps the office's sheets: a folder for each of the two, and beside them their mappings, copies that the office may
 * change. Immutable.
 */
public final class SellersFolder {

    /** A sheet of the office, and the minute of each hour at which it runs: properties first, because sellers name them. */
    private record Sheet(Mapping mapping, int minute) {}

    private static final List<Sheet> SHEETS =
            List.of(new Sheet(SellersMappings.PROPERTIES, 0), new Sheet(SellersMappings.SELLERS, 5));

    private final Path folder;

    /** @param folder need not be there */
    public SellersFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * The sources of those sheets that have no mapping here yet: a server that has had them once has them in its settings, or
     * somebody took them out.
     *
     * @param scope whose records the sheets become
     */
    public List<SourceSettings> missing(String scope) {
        return SHEETS.stream()
                .filter(sheet -> !Files.exists(mapping(sheet)))
                .map(sheet -> new SourceSettings(
                        sheet.mapping().target(),
                        sheets(sheet).toString(),
                        mapping(sheet).toString(),
                        scope,
                        0,
                        sheet.minute() + " * * * *",
                        true))
                .toList();
    }

    private Path sheets(Sheet sheet) {
        return folder.resolve(sheet.mapping().target());
    }

    private Path mapping(Sheet sheet) {
        return folder.resolve(sheet.mapping().target() + ".yaml");
    }

    /**
     * Makes what is missing, and changes nothing that is there.
     *
     * @throws HoldfastException STORE_IO
     */
    public void make() {
        try {
            for (Sheet sheet : SHEETS) {
                Files.createDirectories(sheets(sheet));
                if (!Files.exists(mapping(sheet))) {
                    try (InputStream in = SellersMappings.text(sheet.mapping().target())) {
                        Files.copy(in, mapping(sheet));
                    }
                }
            }
        } catch (IOException e) {
            throw new HoldfastException(
                    ErrorCode.STORE_IO, "The folder " + folder + " for the office's sheets cannot be made.", e);
        }
    }
}
