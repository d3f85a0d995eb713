package io.holdfast.cli.source;

import io.holdfast.sources.sheet.CellRange;
import io.holdfast.sources.sheet.SheetFile;
import io.holdfast.sources.sheet.SheetName;
import io.holdfast.sources.sheet.TextLayout;
import io.holdfast.sources.table.Column;
import io.holdfast.sources.table.DateReading;
import io.holdfast.sources.table.Table;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What was understood of a sheet, as JSON. */
record TableJson(JsonGenerator json) {

    /** How many merged ranges are named; their number is always given. */
    private static final int MERGES_SHOWN = 20;

    void write(SheetFile file, Table table) {
        json.writeStringProperty("format", file.format().name());
        json.writeStringProperty("sheet", table.sheet());
        strings("sheets", file.sheets().stream().map(SheetName::name).toList());
        file.layout().ifPresent(this::write);
        if (table.headerRow().isPresent()) {
            json.writeNumberProperty("headerRow", table.headerRow().getAsLong());
        } else {
            json.writeNullProperty("headerRow");
        }
        json.writeNumberProperty("rows", table.rows());
        json.writeNumberProperty("blank", table.blank());
        json.writeNumberProperty("trailingBlank", table.trailingBlank());
        json.writeNumberProperty("records", table.records());
        json.writeNumberProperty("duplicates", table.duplicates());
        json.writeBooleanProperty("duplicatesExact", table.duplicatesExact());
        json.writeNumberProperty("mergedRanges", table.merges().size());
        strings(
                "merged",
                table.merges().stream()
                        .limit(MERGES_SHOWN)
                        .map(CellRange::toString)
                        .toList());
        json.writeArrayPropertyStart("columns");
        table.columns().forEach(this::write);
        json.writeEndArray();
    }

    private void write(TextLayout layout) {
        json.writeStringProperty("encoding", layout.encoding().name());
        json.writeBooleanProperty("byteOrderMark", layout.byteOrderMark());
        json.writeStringProperty("delimiter", String.valueOf(layout.delimiter()));
        json.writeStringProperty("quote", String.valueOf(layout.quote()));
        json.writeStringProperty("lineEnd", layout.lineEnd().name());
    }

    private void write(Column column) {
        json.writeStartObject();
        json.writeStringProperty("name", column.name());
        json.writeStringProperty("header", column.header());
        json.writeNumberProperty("column", column.index());
        json.writeStringProperty("type", column.type().name());
        json.writeNumberProperty("filled", column.filled());
        json.writeNumberProperty("failed", column.failed());
        json.writeNumberProperty("unsaved", column.unsaved());
        column.dates().ifPresent(this::write);
        json.writeNumberProperty("suspicious", column.oddCount());
        json.writeArrayPropertyStart("suspiciousCells");
        column.odd().forEach(cell -> {
            json.writeStartObject();
            json.writeStringProperty("cell", cell.where());
            json.writeStringProperty("value", cell.shown());
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(DateReading dates) {
        json.writeObjectPropertyStart("dates");
        json.writeStringProperty("order", dates.order().name());
        json.writeBooleanProperty("ambiguous", dates.ambiguous());
        json.writeBooleanProperty("serials", dates.serials());
        json.writeEndObject();
    }

    private void strings(String name, List<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
