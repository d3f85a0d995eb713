package io.holdfast.sources.google;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonTree;
import io.holdfast.sources.sheet.CellRange;
import io.holdfast.sources.sheet.Rows;
import io.holdfast.sources.sheet.SheetFailures;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.sheet.SheetFormat;
import io.holdfast.sources.sheet.SheetLimits;
import io.holdfast.sources.sheet.SheetName;
import io.holdfast.sources.sheet.TextLayout;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One spreadsheet. Whether it changes while it is read is told by the version that the Drive API gives; where that API is not allowed
 * to the one who asks, it cannot be told. Not thread-safe.
 */
final class GoogleSheet implements SheetFile {

    private static final String FIELDS = "properties(title),sheets(properties(sheetId,title,sheetType,hidden,"
            + "gridProperties(rowCount,columnCount)),merges)";

    private final URI address;
    private final URI versionAddress;
    private final GoogleClient client;
    private final SheetFailures failures;
    private final Map<String, Grid> grids = new LinkedHashMap<>();
    private final Optional<String> version;

    /** A sheet with cells. */
    record Grid(SheetName name, int rows, int columns, List<CellRange> merges) {}

    private GoogleSheet(String id, GoogleClient client, GoogleTools tools) {
        this.address = tools.sheets().resolve("/v4/spreadsheets/" + id);
        this.versionAddress = tools.drive().resolve("/drive/v3/files/" + id + "?fields=version&supportsAllDrives=true");
        this.client = client;
        this.version = version();
        JsonTree whole = client.get(URI.create(address + "?fields=" + encoded(FIELDS)));
        String title = Members.text(whole, "properties", "title").orElse(id);
        this.failures = new SheetFailures("The spreadsheet '" + title + "'", title);
        Members.list(whole, "sheets").forEach(this::add);
        if (grids.isEmpty()) {
            throw new HoldfastException(
                    ErrorCode.SOURCE_FORMAT,
                    "The spreadsheet '" + title + "' has no sheet with cells; name another one.");
        }
    }

    static GoogleSheet open(String id, GoogleClient client, GoogleTools tools) {
        return new GoogleSheet(id, client, tools);
    }

    private void add(JsonTree sheet) {
        if (grids.size() >= SheetLimits.SHEETS_MAX) {
            throw failures.tooLarge("has more than " + SheetLimits.SHEETS_MAX + " sheets");
        }
        boolean cells =
                Members.text(sheet, "properties", "sheetType").orElse("GRID").equals("GRID");
        Optional<String> title = Members.text(sheet, "properties", "title");
        if (cells && title.isPresent()) {
            boolean hidden = Members.flag(sheet, "properties", "hidden").orElse(false);
            grids.put(
                    title.get(),
                    new Grid(
                            new SheetName(title.get(), hidden),
                            Members.integer(sheet, "properties", "gridProperties", "rowCount")
                                    .orElse(0),
                            Members.integer(sheet, "properties", "gridProperties", "columnCount")
                                    .orElse(0),
                            merges(sheet)));
        }
    }

    private List<CellRange> merges(JsonTree sheet) {
        List<CellRange> merges = new ArrayList<>();
        for (JsonTree range : Members.list(sheet, "merges")) {
            if (merges.size() == SheetLimits.MERGES_MAX) {
                throw failures.tooLarge("has more than " + SheetLimits.MERGES_MAX + " merged ranges in a sheet");
            }
            int endRow = Members.integer(range, "endRowIndex").orElse(0);
            int endColumn = Members.integer(range, "endColumnIndex").orElse(0);
            if (endRow > 0 && endColumn > 0) {
                merges.add(new CellRange(
                        Members.integer(range, "startRowIndex").orElse(0) + 1L,
                        endRow,
                        Members.integer(range, "startColumnIndex").orElse(0),
                        endColumn - 1));
            }
        }
        return merges;
    }

    private Optional<String> version() {
        try {
            return Members.text(client.get(versionAddress), "version");
        } catch (HoldfastException refused) {
            if (refused.code() == ErrorCode.FORBIDDEN || refused.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** Sees to it that the spreadsheet is still as it was when it was opened. */
    void check() {
        if (!version.equals(version())) {
            throw failures.changed();
        }
    }

    /** Some rows of a sheet, with what stands in their cells. */
    JsonTree page(Grid grid, long from, long to) {
        String range = "'" + grid.name().name().replace("'", "''") + "'!" + from + ":" + to;
        return client.get(URI.create(
                address + "?includeGridData=true&ranges=" + encoded(range) + "&fields=" + encoded(GoogleRows.FIELDS)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    SheetFailures failures() {
        return failures;
    }

    @Override
    public SheetFormat format() {
        return SheetFormat.GOOGLE;
    }

    @Override
    public List<SheetName> sheets() {
        return grids.values().stream().map(Grid::name).toList();
    }

    @Override
    public Optional<TextLayout> layout() {
        return Optional.empty();
    }

    @Override
    public Rows rows(String sheet) {
        return new GoogleRows(this, grid(sheet));
    }

    @Override
    public List<CellRange> merges(String sheet) {
        return grid(sheet).merges();
    }

    private Grid grid(String sheet) {
        @Nullable Grid grid = grids.get(sheet);
        if (grid == null) {
            throw failures.noSuchSheet(sheet);
        }
        return grid;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
