package io.holdfast.earnings.http;

import io.holdfast.core.exchange.Place;
import io.holdfast.core.exchange.PlacedRecord;
import io.holdfast.core.exchange.TextMatch;
import io.holdfast.core.json.JsonText;
import io.holdfast.earnings.office.Overview;
import io.holdfast.earnings.operations.Kpis;
import io.holdfast.earnings.operations.KpisJson;
import io.holdfast.earnings.operations.LogJson;
import io.holdfast.earnings.record.EarningsReview;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.server.auth.Token;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** How this process does, about the users that the token covers. Thread-safe. */
final class OperationActions {

    private static final int HOURS_MAX = 24 * 366;
    private static final int HOURS_DEFAULT = 24;

    /** Open reviews are counted up to here: beyond it the number says nothing that a person could use. */
    private static final int REVIEWS_MAX = 1_000;

    private final ServerOperations operations;
    private final Overview overview;

    OperationActions(ServerOperations operations, Overview overview) {
        this.operations = operations;
        this.overview = overview;
    }

    /** {@code GET /api/earnings/kpis?hours=24}: key figures of the last hours. */
    Answer kpis(Call call) {
        call.query().requireOnly(Set.of("hours"));
        Duration hours = Duration.ofHours(call.query().number("hours", 1, HOURS_MAX, HOURS_DEFAULT));
        Token token = call.access().token();
        Instant now = operations.clock().instant();
        Kpis kpis = Kpis.of(operations.log(), entry -> token.covers(entry.user()), now.minus(hours));
        List<PlacedRecord> open = overview.page(
                        new Overview.Wanted(
                                Paging.reach(call.access()),
                                EarningsSchema.REVIEWS.collection().name(),
                                List.of(new TextMatch("status", EarningsReview.OPEN))),
                        Place.START,
                        REVIEWS_MAX)
                .records();
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            out.writeStartObject();
            KpisJson.write(kpis, out);
            out.writeNumberProperty("openReviews", open.size());
            out.writeEndObject();
        }
        return Answer.json(text.toString());
    }

    /** {@code GET /api/earnings/operations}: the log that the figures are made of, one JSON object a line. */
    Answer log(Call call) {
        call.query().requireOnly(Set.of());
        Token token = call.access().token();
        return new Answer.Stream("application/x-ndjson", out -> {
            try {
                operations.log().each(entry -> {
                    if (token.covers(entry.user())) {
                        try {
                            out.write((LogJson.write(entry) + '\n').getBytes(StandardCharsets.UTF_8));
                        } catch (IOException gone) {
                            throw new UncheckedIOException(gone);
                        }
                    }
                });
            } catch (UncheckedIOException gone) {
                throw gone.getCause();
            }
        });
    }
}
