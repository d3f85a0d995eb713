package io.holdfast.server.http.look;

import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.audit.Gap;
import io.holdfast.core.document.DocumentWriter;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.record.RecordState;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.problem.HttpRefusal;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** What proofs found in a scope, and who did what about it. Thread-safe. */
public final class GapsAction {

    private static final int LIMIT_MAX = 500;
    private static final int LIMIT_DEFAULT = 50;

    private final ScopeReading reading;

    /** Reads that storage. */
    public GapsAction(ServerStorage storage) {
        this.reading = new ScopeReading(storage);
    }

    /** {@code GET /v1/gaps?scope=S}: newest first, a page at a time; closed ones too with {@code all=true}. */
    public Answer list(Call call) {
        call.query().requireOnly(Set.of("scope", "all", "limit", "page"));
        int limit = call.query().number("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
        long below = below(call);
        boolean all = flag(call, "all");
        List<Gap> gaps = reading.read(
                call.access(), scope(call), snapshot -> snapshot.trail().gaps(!all, below, limit));
        return page("gaps", gaps.size() == limit ? gaps.getLast().id() : 0, out -> gaps.forEach(gap -> gap(out, gap)));
    }

    /** {@code GET /v1/gaps/{id}?scope=S}: one gap. */
    public Answer one(Call call) {
        call.query().requireOnly(Set.of("scope"));
        long id = number(call.path("id"), "id");
        Gap gap = reading
                .read(call.access(), scope(call), snapshot -> snapshot.trail().gaps(false, id + 1, 1))
                .stream()
                .filter(found -> found.id() == id)
                .findFirst()
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.NOT_FOUND, "There is no gap of that number in the scope; list the gaps."));
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            gap(out, gap);
        }
        return Answer.json(text.toString());
    }

    /** {@code GET /v1/scopes/{scope}/audit}: who did what, newest first, a page at a time. */
    public Answer audit(Call call) {
        call.query().requireOnly(Set.of("limit", "page"));
        int limit = call.query().number("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
        long below = below(call);
        List<AuditEntry> entries = reading.read(
                call.access(), call.path("scope"), snapshot -> snapshot.trail().entries(below, limit));
        return page(
                "audit",
                entries.size() == limit ? entries.getLast().id() : 0,
                out -> entries.forEach(entry -> entry(out, entry)));
    }

    private interface Items {
        void write(JsonGenerator out);
    }

    private static Answer page(String name, long last, Items items) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            out.writeStartObject();
            out.writeArrayPropertyStart(name);
            items.write(out);
            out.writeEndArray();
            if (last > 1) {
                out.writeStringProperty("next", Continuation.after(Long.toString(last)));
            }
            out.writeEndObject();
        }
        return Answer.json(text.toString());
    }

    private static String scope(Call call) {
        return call.query()
                .one("scope")
                .orElseThrow(() -> HttpRefusal.invalid("The parameter scope is missing; name the scope."));
    }

    private static boolean flag(Call call, String name) {
        return switch (call.query().one(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw HttpRefusal.invalid("The parameter " + name + " is neither true nor false.");
        };
    }

    private static long below(Call call) {
        String page = call.query().one("page").orElse("");
        return page.isEmpty() ? Long.MAX_VALUE : number(Continuation.key(page), "page");
    }

    private static long number(String text, String name) {
        try {
            long number = Long.parseLong(text);
            if (number > 0 && number < Long.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw HttpRefusal.invalid("The " + name + " is no number that this server gave.");
    }

    private static void gap(JsonGenerator out, Gap gap) {
        out.writeStartObject();
        out.writeNumberProperty("id", gap.id());
        out.writeStringProperty("kind", gap.kind().name());
        out.writeStringProperty("state", gap.state().name());
        out.writeStringProperty("collection", gap.key().collection());
        out.writeStringProperty("record", gap.key().id());
        out.writeStringProperty("foundBy", gap.finding().by());
        out.writeStringProperty("foundAt", at(gap.finding().atMillis()));
        out.writeStringProperty("cause", gap.finding().cause());
        state(out, "here", gap.here());
        state(out, "there", gap.there());
        out.writeStringProperty("repair", gap.end().how());
        if (gap.state().closed()) {
            out.writeStringProperty("endedAt", at(gap.end().atMillis()));
        }
        out.writeEndObject();
    }

    private static void state(JsonGenerator out, String name, RecordState state) {
        out.writeName(name);
        if (!state.live()) {
            out.writeNull();
            return;
        }
        out.writeStartObject();
        state.cells().forEach((field, cell) -> {
            out.writeName(field);
            DocumentWriter.write(cell.value(), out);
        });
        out.writeEndObject();
    }

    private static void entry(JsonGenerator out, AuditEntry entry) {
        out.writeStartObject();
        out.writeNumberProperty("id", entry.id());
        out.writeStringProperty("at", at(entry.atMillis()));
        out.writeStringProperty("who", entry.who());
        out.writeStringProperty("event", entry.event().name());
        out.writeStringProperty("detail", entry.detail());
        out.writeEndObject();
    }

    private static String at(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
