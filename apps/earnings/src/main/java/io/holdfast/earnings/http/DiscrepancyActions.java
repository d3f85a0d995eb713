package io.holdfast.earnings.http;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.TextMatch;
import io.holdfast.earnings.office.DiscrepancyExport;
import io.holdfast.earnings.office.Documents;
import io.holdfast.earnings.office.Overview;
import io.holdfast.earnings.office.Reach;
import io.holdfast.earnings.record.Discrepancy;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.problem.HttpRefusal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is at odds. Thread-safe. */
final class DiscrepancyActions {

    private final Overview overview;

    DiscrepancyActions(Overview overview) {
        this.overview = overview;
    }

    /** {@code GET /api/earnings/discrepancies}: of all users that the token covers. */
    Answer list(Call call) {
        call.query().requireOnly(Set.of("kind", "user", "limit", "page"));
        Overview.Wanted wanted = new Overview.Wanted(
                Paging.reach(call), EarningsSchema.DISCREPANCIES.collection().name(), kind(call));
        return Paging.answer("discrepancies", overview.page(wanted, Paging.after(call), Paging.limit(call)));
    }

    private static List<TextMatch> kind(Call call) {
        Optional<String> asked = call.query().one("kind");
        if (asked.isEmpty()) {
            return List.of();
        }
        return Arrays.stream(Discrepancy.Kind.values())
                .filter(kind -> kind.name().equals(asked.get()))
                .findFirst()
                .map(kind -> List.of(new TextMatch("kind", kind.name())))
                .orElseThrow(() -> HttpRefusal.invalid("The parameter kind is none of "
                        + Arrays.stream(Discrepancy.Kind.values())
                                .map(Enum::name)
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    /** {@code GET /api/earnings/users/{user}/discrepancies/{id}}: one. */
    Answer one(Call call) {
        call.query().requireOnly(Set.of());
        String user = call.path("user");
        call.access().requireScope(user);
        ServerRecord record = overview.one(user, EarningsSchema.key(EarningsSchema.DISCREPANCIES, call.path("id")))
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.NOT_FOUND, "The user has no such discrepancy; list the discrepancies."));
        return Answer.json(Documents.line(record));
    }

    /** {@code GET /api/earnings/discrepancies/export?format=csv}: all of them in one file. */
    Answer export(Call call) {
        call.query().requireOnly(Set.of("format", "user"));
        DiscrepancyExport format = switch (call.query().one("format").orElse("csv")) {
            case "csv" -> DiscrepancyExport.CSV;
            case "json" -> DiscrepancyExport.JSON;
            default -> throw HttpRefusal.invalid("The parameter format is neither csv nor json.");
        };
        Reach reach = Paging.reach(call);
        return new Answer.Stream(format.mediaType(), out -> format.write(overview, reach, out));
    }
}
