package io.holdfast.server.http.sync;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.json.JsonTree;
import io.holdfast.server.alerts.Alert;
import io.holdfast.server.alerts.AlertBook;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.problem.HttpRefusal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Alerts over HTTP. Thread-safe. */
final class AlertActions {

    private final AlertBook book;

    AlertActions(AlertBook book) {
        this.book = book;
    }

    /** {@code GET /api/sync/alerts}: newest first; those that are not over unless a status is asked for. */
    Answer list(Call call) {
        call.query().requireOnly(Set.of("status", "limit", "page"));
        int limit = Paging.limit(call);
        Set<Alert.State> asked = Paging.statuses(call, Alert.State.class).stream()
                .map(Alert.State::valueOf)
                .collect(Collectors.toSet());
        Set<Alert.State> states = asked.isEmpty() ? Set.of(Alert.State.OPEN, Alert.State.ACKNOWLEDGED) : asked;
        List<Alert> alerts = book.list(Seen.scopes(call), states, Paging.below(call), limit);
        return Answer.json(Paging.page("alerts", alerts, limit, Alert::id, AlertJson::members));
    }

    /** {@code POST /api/sync/alerts/{alert}/acknowledge}: takes one on, with a note. */
    Answer acknowledge(Call call) {
        call.query().requireOnly(Set.of());
        if (!(ControlActions.tree(call) instanceof JsonTree.Members object)
                || !(object.members().get("note") instanceof JsonTree.Text note)
                || object.members().size() != 1) {
            throw HttpRefusal.withStatus(
                    ErrorCode.JSON_MALFORMED, 400, "The body is no object with the string note alone; correct it.");
        }
        Alert alert = book.acknowledge(
                call.path("alert"), Seen.scopes(call), call.access().token().principal(), note.text());
        return Answer.json(RunJson.text(out -> AlertJson.members(alert, out)));
    }
}
