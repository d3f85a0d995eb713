package io.holdfast.server.http.sync;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunLog;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.problem.HttpRefusal;
import io.holdfast.server.http.problem.Problem;
import io.holdfast.server.operations.RunStarter;
import io.holdfast.server.settings.LiveSettings;
import io.holdfast.server.settings.SourceSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Starts, shows and ends runs. Thread-safe. */
final class ControlActions {

    private static final int RUNNING_MAX = 100;

    private final RunStarter starter;
    private final RunLog log;
    private final LiveSettings settings;

    ControlActions(RunStarter starter, RunLog log, LiveSettings settings) {
        this.starter = starter;
        this.log = log;
        this.settings = settings;
    }

    /** {@code POST /api/sync/manual}: starts a run of a configured source; of the only one if none is named. */
    Answer start(Call call) {
        call.query().requireOnly(Set.of());
        SourceSettings source = source(call, named(call));
        try {
            RunId run =
                    starter.start(source, Cause.MANUAL, call.access().token().principal());
            return status(202, RunJson.text(out -> {
                RunJson.id(run, out);
                out.writeStringProperty("source", source.name());
                out.writeStringProperty("status", RunStatus.RUNNING.name());
            }));
        } catch (HoldfastException refused) {
            if (refused.code() == ErrorCode.RUN_ACTIVE) {
                return active(refused);
            }
            throw refused;
        }
    }

    /** Who asks twice learns which run works already. */
    private static Answer active(HoldfastException refused) {
        String problem = new String(
                Problem.of(refused.code(), 409, String.valueOf(refused.getMessage()))
                        .body(),
                StandardCharsets.UTF_8);
        String id = refused.context().getOrDefault("run", "");
        String body = problem.substring(0, problem.length() - 1) + ",\"run\":\"" + id + "\",\"syncId\":\"" + id + "\"}";
        return new Answer.Whole(409, Problem.MEDIA_TYPE, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static Answer status(int status, String json) {
        return new Answer.Whole(status, Answer.JSON, json.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** The source that the body names; a request without a body names none. */
    private static Optional<String> named(Call call) {
        boolean bodiless = call.header("Content-Type").isEmpty()
                && call.header("Transfer-Encoding").isEmpty()
                && Set.of("", "0").contains(call.header("Content-Length"));
        if (bodiless) {
            return Optional.empty();
        }
        JsonTree tree = tree(call);
        if (!(tree instanceof JsonTree.Members object)
                || !Set.of("source").containsAll(object.members().keySet())) {
            throw HttpRefusal.withStatus(
                    ErrorCode.JSON_MALFORMED, 400, "The body is no object with the member source alone; correct it.");
        }
        return switch (object.members().get("source")) {
            case null -> Optional.empty();
            case JsonTree.Text text -> Optional.of(text.text());
            case JsonTree other ->
                throw HttpRefusal.withStatus(
                        ErrorCode.JSON_MALFORMED, 400, "The member source is " + other.kind() + ", not a string.");
        };
    }

    /** The body as JSON. */
    static JsonTree tree(Call call) {
        try {
            return JsonText.read(call.jsonBody());
        } catch (JsonRefusedException malformed) {
            throw HttpRefusal.withStatus(ErrorCode.JSON_MALFORMED, 400, String.valueOf(malformed.getMessage()));
        }
    }

    private SourceSettings source(Call call, Optional<String> named) {
        List<SourceSettings> seen = settings.now().sources().stream()
                .filter(source -> Seen.sees(call.access(), source.scope()))
                .toList();
        if (named.isEmpty() && seen.size() == 1) {
            return seen.getFirst();
        }
        if (named.isEmpty()) {
            throw HttpRefusal.invalid(
                    seen.isEmpty()
                            ? "No source is configured; an administrator adds one with PUT /api/sync/config."
                            : "There are several sources; name one in the body as {\"source\": NAME}.");
        }
        return seen.stream()
                .filter(source -> source.name().equals(named.get()))
                .findFirst()
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.NOT_FOUND, "There is no source of that name; see GET /api/sync/config."));
    }

    /** {@code GET /api/sync/status}: what runs now, and how the last run of each source went. */
    Answer status(Call call) {
        call.query().requireOnly(Set.of());
        Optional<Set<String>> scopes = Seen.scopes(call);
        LogFilter all = scopes.map(LogFilter.ALL::withScopes).orElse(LogFilter.ALL);
        List<Run> running = log.runs(all.withStatus(Set.of(RunStatus.RUNNING.name())), Optional.empty(), RUNNING_MAX);
        List<Run> last = log.runs(all, Optional.empty(), 1);
        return Answer.json(RunJson.text(out -> {
            out.writeBooleanProperty("running", !running.isEmpty());
            out.writeArrayPropertyStart("runs");
            running.forEach(run -> {
                out.writeStartObject();
                RunJson.members(run, out);
                out.writeEndObject();
            });
            out.writeEndArray();
            last.forEach(run -> {
                out.writeObjectPropertyStart("last");
                RunJson.members(run, out);
                out.writeEndObject();
            });
            out.writeArrayPropertyStart("sources");
            for (SourceSettings source : settings.now().sources()) {
                if (Seen.sees(call.access(), source.scope())) {
                    source(source, out);
                }
            }
            out.writeEndArray();
        }));
    }

    private void source(SourceSettings source, tools.jackson.core.JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("name", source.name());
        out.writeStringProperty("scope", source.scope());
        out.writeBooleanProperty("scheduled", source.scheduled());
        LogFilter own = LogFilter.ALL.withScopes(Set.of(source.scope())).withSource(source.name());
        log.runs(own, Optional.empty(), 1).forEach(run -> {
            out.writeStringProperty("lastRun", run.id().text());
            out.writeStringProperty("lastStatus", run.status().name());
            out.writeStringProperty("lastStartedAt", run.startedAt().toString());
        });
        out.writeEndObject();
    }

    /** {@code GET /api/sync/progress/{syncId}}: how far a run is; with its summary once it has ended. */
    Answer progress(Call call) {
        call.query().requireOnly(Set.of());
        Run run = run(call);
        return Answer.json(RunJson.text(out -> RunJson.members(run, out)));
    }

    private Run run(Call call) {
        return log.run(Paging.run(call), Seen.scopes(call)).orElseThrow(Paging::unknownRun);
    }

    /** {@code POST /api/sync/cancel/{syncId}}: asks a run to end. */
    Answer cancel(Call call) {
        call.query().requireOnly(Set.of());
        Run run = run(call);
        boolean asked = run.status() == RunStatus.RUNNING
                && starter.cancel(run.id(), call.access().token().principal());
        if (!asked) {
            throw HttpRefusal.withStatus(
                    ErrorCode.REQUEST_INVALID, 409, "No process works on the run any more; see how it ended.");
        }
        return status(202, RunJson.text(out -> RunJson.cancelAsked(run.id(), out)));
    }
}
