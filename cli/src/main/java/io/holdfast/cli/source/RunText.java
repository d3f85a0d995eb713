package io.holdfast.cli.source;

import io.holdfast.server.audit.Verification;
import io.holdfast.server.run.RunReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a run has done, for people. Stateless. */
final class RunText {

    private static final double MILLIS_PER_SECOND = 1_000;

    private RunText() {}

    static List<String> lines(RunReport report) {
        RunReport.Records records = report.records();
        List<String> lines = new ArrayList<>();
        lines.add("Run         " + report.run());
        lines.add("Outcome     " + report.outcome());
        lines.add(text(
                "Source      %,d rows: %,d records (%,d of them repeats) and %,d blank",
                report.source().rows(),
                report.source().records(),
                report.source().duplicates(),
                report.source().blank()));
        lines.add(text(
                "Target      %,d created, %,d updated, %,d unchanged, %,d deleted",
                records.created(), records.updated(), records.unchanged(), records.deleted()));
        if (records.kept() > 0) {
            lines.add(text("Kept        %,d, whose values in the target are later", records.kept()));
        }
        if (records.failed() + records.quarantined() + records.dangling() > 0) {
            lines.add(text(
                    "Not taken   %,d failed, %,d quarantined; %,d name a record that is not there",
                    records.failed(), records.quarantined(), records.dangling()));
        }
        if (!records.clean()) {
            lines.add("Why         'holdfast audit query --errors --run " + report.run() + "' says it");
        }
        report.verification().ifPresent(verification -> lines.add("Verified    " + verified(verification)));
        if (!report.phases().isEmpty()) {
            lines.add("Took        "
                    + report.phases().entrySet().stream()
                            .map(phase ->
                                    phase.getKey().name().toLowerCase(Locale.ROOT) + " " + seconds(phase.getValue()))
                            .collect(Collectors.joining(", ")));
        }
        return lines;
    }

    private static String verified(Verification verification) {
        String counts =
                text("%,d in the source, %,d in the target", verification.sourceCount(), verification.targetCount());
        return verification.equal()
                ? "equal: " + counts
                : "NOT equal: " + counts
                        + text(
                                "; %,d missing, %,d too much, %,d different",
                                verification.gaps(), verification.surplus(), verification.mismatches());
    }

    private static String seconds(Duration took) {
        return text("%.1f s", took.toMillis() / MILLIS_PER_SECOND);
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
