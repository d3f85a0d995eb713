package io.holdfast.server.http.sync;

import io.holdfast.server.audit.ErrorCategory;
import io.holdfast.server.audit.ErrorEntry;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.Position;
import io.holdfast.server.audit.RecordEntry;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunFigures;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunLog;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import java.util.List;
import java.util.Set;

/** Looks things up in the journal of runs. Thread-safe. */
final class LogActions {

    private static final Set<String> ENTRIES = Set.of("status", "key", "from", "until", "limit", "page");

    private final RunLog log;
    private final RunFigures figures;

    LogActions(RunLog log, RunFigures figures) {
        this.log = log;
        this.figures = figures;
    }

    /** {@code GET /api/sync/runs}: newest first. */
    Answer runs(Call call) {
        call.query().requireOnly(Set.of("status", "key", "source", "from", "until", "limit", "page"));
        int limit = Paging.limit(call);
        List<Run> runs = log.runs(Paging.filter(call, RunStatus.class), Paging.position(call), limit);
        return Answer.json(
                Paging.page("runs", runs, limit, run -> new Position(run.id(), 0).toString(), RunJson::members));
    }

    /** {@code GET /api/sync/runs/{syncId}}: one run, what happened in it, and its figures. */
    Answer run(Call call) {
        call.query().requireOnly(Set.of());
        Run run = seen(call);
        return Answer.json(RunJson.text(out -> {
            RunJson.members(run, out);
            RunJson.events(log.events(run.id()), out);
            out.writeObjectPropertyStart("metrics");
            figures.of(run.id()).forEach(out::writeNumberProperty);
            out.writeEndObject();
        }));
    }

    private Run seen(Call call) {
        return log.run(Paging.run(call), Seen.scopes(call)).orElseThrow(Paging::unknownRun);
    }

    /** {@code GET /api/sync/runs/{syncId}/records}: what came of its records. */
    Answer recordsOfRun(Call call) {
        RunId run = seen(call).id();
        return records(call, filter(call, Fate.class).withRun(run));
    }

    /** {@code GET /api/sync/records}: what came of records in any run. */
    Answer records(Call call) {
        return records(call, filter(call, Fate.class));
    }

    /** {@code GET /api/sync/gaps}: what verification found, of any run. */
    Answer gaps(Call call) {
        LogFilter filter = filter(call, Fate.class);
        return records(call, filter.status().isEmpty() ? filter.withStatus(Paging.findings()) : filter);
    }

    private Answer records(Call call, LogFilter filter) {
        int limit = Paging.limit(call);
        List<RecordEntry> entries = log.records(filter, Paging.position(call), limit);
        return Answer.json(
                Paging.page("records", entries, limit, entry -> entry.position().toString(), RunJson::members));
    }

    /** {@code GET /api/sync/runs/{syncId}/errors}: its errors. */
    Answer errors(Call call) {
        RunId run = seen(call).id();
        int limit = Paging.limit(call);
        LogFilter filter = filter(call, ErrorCategory.class).withRun(run);
        List<ErrorEntry> entries = log.errors(filter, Paging.position(call), limit);
        return Answer.json(
                Paging.page("errors", entries, limit, entry -> entry.position().toString(), RunJson::members));
    }

    private static LogFilter filter(Call call, Class<? extends Enum<?>> statuses) {
        call.query().requireOnly(ENTRIES);
        return Paging.filter(call, statuses);
    }
}
