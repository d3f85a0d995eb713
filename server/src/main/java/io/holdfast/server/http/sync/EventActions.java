package io.holdfast.server.http.sync;

import io.holdfast.server.audit.EventLog;
import io.holdfast.server.audit.EventPosition;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.SyncEvent;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What happened in runs and in device sync, over HTTP. Thread-safe. */
final class EventActions {

    private final EventLog log;

    EventActions(EventLog log) {
        this.log = log;
    }

    /** {@code GET /api/sync/events}: newest first. */
    Answer list(Call call) {
        call.query().requireOnly(Set.of("scope", "run", "from", "until", "limit", "page"));
        int limit = Paging.limit(call);
        Optional<EventPosition> below = Paging.eventPosition(call);
        Optional<LogFilter> filter = filter(call);
        List<SyncEvent> events = filter.isEmpty() ? List.of() : log.events(filter.get(), below, limit);
        return Answer.json(
                Paging.page("events", events, limit, event -> event.position().toString(), RunJson::members));
    }

    /** Empty if nothing can meet it: of what does not exist and of what the caller may not see there is nothing to tell. */
    private static Optional<LogFilter> filter(Call call) {
        Optional<String> run = call.query().one("run");
        if (run.isPresent() && !RunId.isRunId(run.get())) {
            return Optional.empty();
        }
        LogFilter seen = Paging.period(call);
        LogFilter ofRun = run.map(id -> seen.withRun(new RunId(id))).orElse(seen);
        Optional<String> scope = call.query().one("scope");
        return scope.isPresent() && !Seen.sees(call.access(), scope.get())
                ? Optional.empty()
                : Optional.of(scope.map(name -> ofRun.withScopes(Set.of(name))).orElse(ofRun));
    }
}
