package io.holdfast.earnings.office;

import io.holdfast.core.exchange.Place;
import io.holdfast.core.exchange.PlacedRecord;
import io.holdfast.earnings.record.Discrepancy;
import io.holdfast.earnings.record.EarningsSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All discrepancies that somebody may see, as one file, written as they are read: memory does not grow with them. Stateless. */
public enum DiscrepancyExport {

    /**
     * Comma-separated (RFC 4180), UTF-8, with a header. A cell that a spreadsheet would take for a formula begins with an
     * apostrophe (OWASP, CSV injection), as values in it come from devices.
     */
    CSV("text/csv; charset=utf-8") {
        @Override
        String head() {
            return "id,user_id,session_id,kind,claimed,computed,at,details\r\n";
        }

        @Override
        String row(PlacedRecord found, boolean first) {
            Discrepancy one = read(found);
            return Stream.of(
                                    one.id(),
                                    one.userId(),
                                    one.sessionId(),
                                    one.kind().name(),
                                    plain(one.claimed()),
                                    plain(one.computed()),
                                    one.at().toString(),
                                    one.details().json())
                            .map(DiscrepancyExport::cell)
                            .collect(Collectors.joining(","))
                    + "\r\n";
        }

        @Override
        String foot() {
            return "";
        }
    },

    /** One JSON array of the records, a line each. */
    JSON("application/json") {
        @Override
        String head() {
            return "[";
        }

        @Override
        String row(PlacedRecord found, boolean first) {
            return (first ? "\n" : ",\n") + Documents.line(found.record());
        }

        @Override
        String foot() {
            return "\n]\n";
        }
    };

    private static final int STEP = 500;
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private final String mediaType;

    DiscrepancyExport(String mediaType) {
        this.mediaType = mediaType;
    }

    /** What HTTP calls it. */
    public String mediaType() {
        return mediaType;
    }

    abstract String head();

    abstract String row(PlacedRecord found, boolean first);

    abstract String foot();

    /** Writes them all; does not close. */
    public void write(Overview overview, Reach reach, OutputStream out) throws IOException {
        Overview.Wanted wanted = new Overview.Wanted(
                reach, EarningsSchema.DISCREPANCIES.collection().name(), List.of());
        put(out, head());
        boolean first = true;
        Optional<Place> after = Optional.of(Place.START);
        while (after.isPresent()) {
            Overview.Page page = overview.page(wanted, after.get(), STEP);
            for (PlacedRecord found : page.records()) {
                put(out, row(found, first));
                first = false;
            }
            after = page.next();
        }
        put(out, foot());
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Discrepancy read(PlacedRecord found) {
        return EarningsSchema.DISCREPANCIES.read(
                found.record().key().id(), found.record().state()::value);
    }

    private static String plain(Optional<BigDecimal> amount) {
        return amount.map(BigDecimal::toPlainString).orElse("");
    }

    /** One cell, quoted, and harmless to whoever opens it. */
    static String cell(String text) {
        boolean formula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
