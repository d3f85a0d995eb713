package io.holdfast.sources.xls;

import io.holdfast.sources.sheet.CellRange;
import io.holdfast.sources.sheet.FileMark;
import io.holdfast.sources.sheet.Rows;
import io.holdfast.sources.sheet.SheetFailures;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.sheet.SheetFormat;
import io.holdfast.sources.sheet.SheetLimits;
import io.holdfast.sources.sheet.SheetName;
import io.holdfast.sources.sheet.TextLayout;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.poi.hssf.record.RecordFactoryInputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.Decryptor;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/**
 * An Excel 97-2003 workbook (BIFF8). Read record by record; its table of strings is kept, within the limit of the file's
 * size. Not thread-safe.
 */
public final class XlsFile implements SheetFile {

    private final FileMark mark;
    private final SheetFailures failures;
    private final POIFSFileSystem container;
    private final Globals globals;

    private XlsFile(FileMark mark, POIFSFileSystem container) {
        this.mark = mark;
        this.failures = new SheetFailures(mark.file());
        this.container = container;
        if (container.getRoot().hasEntryCaseInsensitive(Decryptor.DEFAULT_POIFS_ENTRY)) {
            throw failures.encrypted();
        }
        this.globals = Globals.read(records(), failures);
        if (globals.sheets().isEmpty()) {
            throw failures.damaged("is a workbook without a sheet");
        }
    }

    /**
     * Opens a workbook.
     *
     * @throws io.holdfast.core.error.HoldfastException SOURCE_DAMAGED, SOURCE_FORMAT, SOURCE_TOO_LARGE, SOURCE_ENCRYPTED
     */
    public static XlsFile open(FileMark mark) {
        SheetFailures failures = new SheetFailures(mark.file());
        if (mark.bytes() > SheetLimits.XLS_BYTES_MAX) {
            throw failures.tooLarge("is larger than " + SheetLimits.XLS_BYTES_MAX + " bytes; save it as XLSX");
        }
        POIFSFileSystem container =
                Parsing.guarded(failures, () -> new POIFSFileSystem(mark.file().toFile(), true));
        try {
            return new XlsFile(mark, container);
        } catch (RuntimeException refused) {
            close(container);
            throw refused;
        }
    }

    private RecordFactoryInputStream records() {
        return Parsing.guarded(failures, () -> {
            DirectoryNode root = container.getRoot();
            String name = HSSFWorkbook.getWorkbookDirEntryName(root);
            return new RecordFactoryInputStream(
                    root.createDocumentInputStream(root.getEntryCaseInsensitive(name)), false);
        });
    }

    @Override
    public SheetFormat format() {
        return SheetFormat.XLS;
    }

    @Override
    public List<SheetName> sheets() {
        return globals.sheets().stream().map(Globals.Sheet::name).toList();
    }

    @Override
    public Optional<TextLayout> layout() {
        return Optional.empty();
    }

    @Override
    public Rows rows(String sheet) {
        return new XlsRows(records(), sheet(sheet).substream(), globals, mark);
    }

    @Override
    public List<CellRange> merges(String sheet) {
        return sheet(sheet).merges();
    }

    private Globals.Sheet sheet(String name) {
        return globals.sheets().stream()
                .filter(sheet -> sheet.name().name().equals(name))
                .findFirst()
                .orElseThrow(() -> failures.noSuchSheet(name));
    }

    @Override
    public void close() {
        close(container);
    }

    private static void close(POIFSFileSystem container) {
        try {
            container.close();
        } catch (IOException unimportant) {
            // it was only read
        }
    }
}
