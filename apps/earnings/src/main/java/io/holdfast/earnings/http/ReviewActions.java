package io.holdfast.earnings.http;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.TextMatch;
import io.holdfast.earnings.office.Documents;
import io.holdfast.earnings.office.Overview;
import io.holdfast.earnings.record.EarningsReview;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.server.ReviewDesk;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.problem.HttpRefusal;
import java.util.List;
import java.util.Set;

/** What waits for a person. Thread-safe. */
final class ReviewActions {

    private static final String ANY = "any";
    private static final Set<String> STATUSES =
            Set.of(EarningsReview.OPEN, EarningsReview.ACCEPTED, EarningsReview.REJECTED, EarningsReview.ADJUSTED, ANY);

    private final Overview overview;
    private final ReviewDesk desk;

    ReviewActions(Overview overview, ReviewDesk desk) {
        this.overview = overview;
        this.desk = desk;
    }

    /** {@code GET /api/earnings/reviews}: those that are open, or of another status, of all users that the token covers. */
    Answer list(Call call) {
        call.query().requireOnly(Set.of("status", "user", "limit", "page"));
        String status = call.query().one("status").orElse(EarningsReview.OPEN);
        if (!STATUSES.contains(status)) {
            throw HttpRefusal.invalid("The parameter status is none of "
                    + String.join(", ", STATUSES.stream().sorted().toList()) + ".");
        }
        List<TextMatch> matches = status.equals(ANY) ? List.of() : List.of(new TextMatch("status", status));
        Overview.Wanted wanted = new Overview.Wanted(
                Paging.reach(call), EarningsSchema.REVIEWS.collection().name(), matches);
        return Paging.answer("reviews", overview.page(wanted, Paging.after(call), Paging.limit(call)));
    }

    /** {@code GET /api/earnings/users/{user}/reviews/{id}}: one. */
    Answer one(Call call) {
        call.query().requireOnly(Set.of());
        return Answer.json(Documents.line(found(call)));
    }

    /** {@code POST /api/earnings/users/{user}/reviews/{id}/decision}: decides one, in the name of the token's holder. */
    Answer decide(Call call) {
        call.query().requireOnly(Set.of());
        ReviewDesk.Verdict verdict = VerdictJson.read(call.jsonBody());
        String user = call.path("user");
        call.access().requireScope(user);
        desk.decide(call.access().principal(), user, call.path("id"), verdict);
        return Answer.json(Documents.line(found(call)));
    }

    private ServerRecord found(Call call) {
        String user = call.path("user");
        call.access().requireScope(user);
        return overview.one(user, EarningsSchema.key(EarningsSchema.REVIEWS, call.path("id")))
                .orElseThrow(() ->
                        new HoldfastException(ErrorCode.NOT_FOUND, "The user has no such review; list the reviews."));
    }
}
