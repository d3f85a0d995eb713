package io.holdfast.earnings.http;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.record.RecordKey;
import io.holdfast.earnings.office.Documents;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.look.Continuation;
import io.holdfast.server.http.look.ScopeReading;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** One user, for everybody whose token covers him. Each answer is of one moment. Thread-safe. */
final class UserActions {

    private static final String SESSIONS = EarningsSchema.SESSIONS.collection().name();
    private static final String AUDIT = EarningsSchema.AUDIT.collection().name();

    private final ScopeReading reading;

    UserActions(ServerStorage storage) {
        this.reading = new ScopeReading(storage);
    }

    /** {@code GET /api/earnings/users/{user}}: his balance, rates and sync status. */
    Answer state(Call call) {
        call.query().requireOnly(Set.of());
        RecordKey key = EarningsSchema.key(EarningsSchema.USERS, call.path("user"));
        ServerRecord user = read(
                        call,
                        snapshot -> Optional.ofNullable(
                                snapshot.records(List.of(key)).get(key)))
                .filter(record -> record.state().live())
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.NOT_FOUND, "The user has not begun to earn; his device makes him known."));
        return Answer.json(Documents.line(user));
    }

    /** {@code GET /api/earnings/users/{user}/sessions}: his claims, each with what was made of it. */
    Answer sessions(Call call) {
        return page(call, SESSIONS, (snapshot, record, out) -> {
            out.writeStartObject();
            out.writeName("claim");
            Documents.write(record, out);
            RecordKey key =
                    EarningsSchema.key(EarningsSchema.SETTLEMENTS, record.key().id());
            Map<RecordKey, ServerRecord> settled = snapshot.records(List.of(key));
            Optional.ofNullable(settled.get(key))
                    .filter(one -> one.state().live())
                    .ifPresent(one -> {
                        out.writeName("settlement");
                        Documents.write(one, out);
                    });
            out.writeEndObject();
        });
    }

    /** {@code GET /api/earnings/users/{user}/audit}: every stored calculation, settled claim and decision. */
    Answer audit(Call call) {
        return page(call, AUDIT, (snapshot, record, out) -> Documents.write(record, out));
    }

    private interface Item {
        void write(ScopeSnapshot snapshot, ServerRecord record, JsonGenerator out);
    }

    private Answer page(Call call, String collection, Item item) {
        call.query().requireOnly(Set.of("limit", "page"));
        int limit = Paging.limit(call);
        String after = Paging.afterId(call);
        String json = read(call, snapshot -> {
            List<ServerRecord> records = snapshot.live(collection, after, limit);
            StringWriter text = new StringWriter();
            try (JsonGenerator out = JsonText.generator(text)) {
                out.writeStartObject();
                out.writeArrayPropertyStart(collection);
                records.forEach(record -> item.write(snapshot, record, out));
                out.writeEndArray();
                if (records.size() == limit) {
                    out.writeStringProperty(
                            "next", Continuation.after(records.getLast().key().id()));
                }
                out.writeEndObject();
            }
            return text.toString();
        });
        return Answer.json(json);
    }

    private <T> T read(Call call, Function<ScopeSnapshot, T> body) {
        return reading.read(call.access(), call.path("user"), body);
    }
}
