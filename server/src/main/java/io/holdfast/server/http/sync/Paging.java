package io.holdfast.server.http.sync;

import io.holdfast.server.audit.EventPosition;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.Position;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.TimedId;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.look.Continuation;
import io.holdfast.server.http.problem.HttpRefusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** The parameters and the form of pages. Stateless. */
final class Paging {

    static final int LIMIT_MAX = 500;
    static final int LIMIT_DEFAULT = 50;

    private Paging() {}

    static int limit(Call call) {
        return call.query().number("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
    }

    /** Where a page of entries begins. */
    static Optional<Position> position(Call call) {
        return given(call, Position::of);
    }

    private static <T> Optional<T> given(Call call, Function<String, Optional<T>> reading) {
        String key = key(call);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> position = reading.apply(key);
        if (position.isEmpty()) {
            throw notGiven();
        }
        return position;
    }

    /** Where a page of things with ids begins; empty for the newest. */
    static String below(Call call) {
        String key = key(call);
        if (!key.isEmpty() && !TimedId.isOne(key)) {
            throw notGiven();
        }
        return key;
    }

    private static String key(Call call) {
        return call.query().one("page").map(Continuation::key).orElse("");
    }

    private static HttpRefusal notGiven() {
        return HttpRefusal.invalid("The parameter page was not given by this server; start without it.");
    }

    /** Where a page of events begins. */
    static Optional<EventPosition> eventPosition(Call call) {
        return given(call, EventPosition::of);
    }

    /** The filter that the parameters from and until make, within what the caller may see. */
    static LogFilter period(Call call) {
        return new LogFilter(
                Seen.scopes(call),
                Optional.empty(),
                instant(call, "from"),
                instant(call, "until"),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** The filter that the parameters from, until, status and key make, within what the caller may see. */
    static LogFilter filter(Call call, Class<? extends Enum<?>> statuses) {
        return new LogFilter(
                Seen.scopes(call),
                Optional.empty(),
                instant(call, "from"),
                instant(call, "until"),
                statuses(call, statuses),
                call.query().one("key"),
                call.query().one("source"));
    }

    /** The names of the values of that kind that a parameter lists, each as often as it likes. */
    static Set<String> statuses(Call call, Class<? extends Enum<?>> kind) {
        List<String> known =
                Arrays.stream(kind.getEnumConstants()).map(Enum::name).toList();
        Set<String> asked = new TreeSet<>(call.query().all("status"));
        if (!known.containsAll(asked)) {
            throw HttpRefusal.invalid(
                    "The parameter status knows " + String.join(", ", known) + "; use some of these.");
        }
        return asked;
    }

    private static Optional<Instant> instant(Call call, String name) {
        return call.query().one(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException notAnInstant) {
                throw HttpRefusal.invalid(
                        "The parameter " + name + " is no instant; write it as 2026-11-20T10:00:00Z.");
            }
        });
    }

    /** A page of JSON objects, with where the next begins if there may be one. */
    static <T> String page(
            String name, List<T> entries, int limit, Function<T, String> key, BiConsumer<T, JsonGenerator> members) {
        return RunJson.text(out -> {
            out.writeArrayPropertyStart(name);
            for (T entry : entries) {
                out.writeStartObject();
                members.accept(entry, out);
                out.writeEndObject();
            }
            out.writeEndArray();
            if (entries.size() == limit) {
                out.writeStringProperty("next", Continuation.after(key.apply(entries.getLast())));
            }
        });
    }

    /** A run's id in the address. */
    static RunId run(Call call) {
        String text = call.path("syncId");
        if (!RunId.isRunId(text)) {
            throw unknownRun();
        }
        return new RunId(text);
    }

    static HttpRefusal unknownRun() {
        return HttpRefusal.withStatus(
                io.holdfast.core.error.ErrorCode.NOT_FOUND, 404, "There is no such run; list the runs.");
    }

    /** The fates that verification finds. */
    static Set<String> findings() {
        Set<String> findings = new TreeSet<>();
        new ArrayList<>(List.of(Fate.values()))
                .stream().filter(Fate::finding).map(Enum::name).forEach(findings::add);
        return findings;
    }
}
