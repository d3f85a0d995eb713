package io.holdfast.sources.mapping;

import io.holdfast.sources.sheet.FileMark;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of several files, one after the other; one is open at a time. */
final class FolderRows implements BoundRows {

    private final List<FileMark> files;
    private final Function<FileMark, SheetRows> opener;
    private final Runnable check;
    private int part = -1;
    private @Nullable SheetRows current;
    private long rowsBefore;
    private long blankBefore;

    /**
     * Reads files in order.
     *
     * @param check is run after the last, and refuses files that changed
     */
    FolderRows(List<FileMark> files, Function<FileMark, SheetRows> opener, Runnable check) {
        this.files = files;
        this.opener = opener;
        this.check = check;
    }

    @Override
    public Optional<BoundRow> next() {
        while (true) {
            SheetRows open = current;
            Optional<BoundRow> row = open == null ? Optional.empty() : open.next();
            if (row.isPresent()) {
                return row.map(each -> new BoundRow(part, each.row(), each.binding()));
            }
            close();
            if (part + 1 >= files.size()) {
                check.run();
                return Optional.empty();
            }
            part++;
            current = opener.apply(files.get(part));
        }
    }

    @Override
    public long rows() {
        return rowsBefore + (current == null ? 0 : current.rows());
    }

    @Override
    public long blank() {
        return blankBefore + (current == null ? 0 : current.blank());
    }

    @Override
    public String file(int number) {
        return String.valueOf(files.get(number).file().getFileName());
    }

    @Override
    public void close() {
        SheetRows open = current;
        if (open != null) {
            rowsBefore += open.rows();
            blankBefore += open.blank();
            current = null;
            open.close();
        }
    }
}
