package io.holdfast.sources.xlsx;

import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.ExcelDates;
import io.holdfast.sources.sheet.SheetFailures;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;

/** Reads one cell of a sheet's XML; formulas by the value they had when the file was saved. Stateless. */
record CellReader(SharedStrings strings, Styles styles, ExcelDates dates, SheetFailures failures) {

    /** The cell whose element has just begun, to its end. */
    Cell read(XmlPart xml, String where) {
        String type = xml.attribute("t");
        int style = integer(xml.attribute("s"), -1);
        String value = "";
        String inline = "";
        boolean formula = false;
        boolean valued = false;
        while (xml.next() && !xml.ends("c")) {
            if (xml.begins("f")) {
                formula = true;
            } else if (xml.begins("v")) {
                value = xml.text();
                valued = true;
            } else if (xml.begins("is")) {
                inline = RichText.read(xml, "is");
            }
        }
        if (formula && value.isEmpty() && !(valued && type.equals("str"))) {
            return Cell.Failed.UNSAVED; // Excel writes an empty value of type str where a formula gives an empty text
        }
        return type.equals("inlineStr") ? text(inline) : cell(type, style, value, where);
    }

    private Cell cell(String type, int style, String value, String where) {
        if (value.isEmpty()) {
            return Cell.Blank.CELL;
        }
        return switch (type) {
            case "", "n" -> number(style, value.strip(), where);
            case "s" -> shared(value.strip(), where);
            case "str", "inlineStr" -> text(RichText.unescaped(value));
            case "b" -> new Cell.Flag(value.strip().equals("1") || value.strip().equalsIgnoreCase("true"));
            case "e" -> new Cell.Failed(value.strip());
            case "d" -> isoDate(value.strip(), where);
            default -> throw failures.damaged("has a cell of the unknown type '" + type + "' at " + where);
        };
    }

    private Cell number(int style, String digits, String where) {
        try {
            return styles.isDate(style) ? dates.date(Double.parseDouble(digits)) : ExcelDates.number(digits);
        } catch (NumberFormatException broken) {
            throw failures.damaged("has a number that is none at " + where);
        }
    }

    private Cell shared(String index, String where) {
        return text(strings.get(integer(index, -1))
                .orElseThrow(() -> failures.damaged("lacks the text of the cell at " + where)));
    }

    private Cell isoDate(String value, String where) {
        try {
            return value.indexOf('T') < 0
                    ? new Cell.Day(LocalDate.parse(value))
                    : new Cell.Moment(
                            LocalDateTime.parse(value.endsWith("Z") ? value.substring(0, value.length() - 1) : value));
        } catch (DateTimeException broken) {
            throw failures.damaged("has a date that is none at " + where);
        }
    }

    private static Cell text(String text) {
        return text.isEmpty() ? Cell.Blank.CELL : new Cell.Text(text);
    }

    /** A small number; another one if the text is none. */
    static int integer(String digits, int otherwise) {
        try {
            return digits.isEmpty() ? otherwise : Integer.parseInt(digits);
        } catch (NumberFormatException none) {
            return otherwise;
        }
    }
}
