package io.holdfast.server.http.look;

import io.holdfast.core.document.DocumentWriter;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.core.schema.Schema;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * Live records as documents: {@code GET /v1/scopes/{scope}/collections/{collection}/records}, a page at a time, filtered by
 * any number of {@code where} that must all hold, and one by its id. Each page is of one moment. Thread-safe.
 */
public final class RecordsAction {

    private static final int LIMIT_MAX = 1_000;
    private static final int LIMIT_DEFAULT = 100;
    private static final int CONDITIONS_MAX = 16;

    /** Records read in one step, and looked at for one page: a filter that meets few costs no more than that. */
    private static final int STEP = 500;

    private static final int LOOKED_AT_MAX = 20_000;

    private final Schema schema;
    private final ScopeReading reading;

    /** @param schema with the system collections in it */
    public RecordsAction(Schema schema, ServerStorage storage) {
        this.schema = schema;
        this.reading = new ScopeReading(storage);
    }

    private record Page(List<ServerRecord> records, Optional<String> next) {}

    /** One page. */
    public Answer page(Call call) {
        call.query().requireOnly(Set.of("where", "limit", "page"));
        CollectionSchema collection = collection(call);
        List<String> filters = call.query().all("where");
        if (filters.size() > CONDITIONS_MAX) {
            throw new HoldfastException(
                    ErrorCode.QUERY_INVALID, "There are more than " + CONDITIONS_MAX + " filters; use fewer.");
        }
        List<Condition> conditions = filters.stream()
                .map(filter -> Condition.parse(collection, filter))
                .toList();
        int limit = call.query().number("limit", 1, LIMIT_MAX, LIMIT_DEFAULT);
        String after = Continuation.key(call.query().one("page").orElse(""));
        Page page = reading.read(call.access(), call.path("scope"), snapshot -> {
            Scan scan = new Scan(conditions, limit, after);
            while (scan.goesOn()) {
                scan.take(snapshot.live(collection.name(), scan.last, STEP));
            }
            return scan.page();
        });
        return Answer.json(json(page));
    }

    /** One record. */
    public Answer one(Call call) {
        call.query().requireOnly(Set.of());
        RecordKey key = new RecordKey(collection(call).name(), call.path("id"));
        Optional<ServerRecord> found = reading.read(
                call.access(),
                call.path("scope"),
                snapshot -> Optional.ofNullable(snapshot.records(List.of(key)).get(key)));
        ServerRecord record = found.filter(row -> row.state().live())
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.RECORD_UNKNOWN, "There is no such record in the collection; check its id."));
        byte[] body = DocumentWriter.COMPACT
                .write(record.key().id(), record.state().values())
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new Answer.Whole(200, Answer.JSON, body, Map.of("ETag", "\"" + record.sequence() + "\""));
    }

    private CollectionSchema collection(Call call) {
        return schema.collection(call.path("collection"))
                .orElseThrow(() -> new HoldfastException(
                        ErrorCode.COLLECTION_UNKNOWN,
                        "The schema has no such collection; it has "
                                + String.join(", ", schema.collections().keySet()) + "."));
    }

    /** Goes through a collection until a page is full. Not thread-safe. */
    private static final class Scan {
        private final List<Condition> conditions;
        private final int limit;
        private final List<ServerRecord> records = new ArrayList<>();
        private String last;
        private int lookedAt;
        private boolean ended;

        Scan(List<Condition> conditions, int limit, String after) {
            this.conditions = conditions;
            this.limit = limit;
            this.last = after;
        }

        boolean goesOn() {
            return !ended && records.size() < limit && lookedAt < LOOKED_AT_MAX;
        }

        void take(List<ServerRecord> step) {
            ended = step.size() < STEP;
            for (ServerRecord record : step) {
                if (records.size() == limit) {
                    ended = false;
                    return;
                }
                last = record.key().id();
                lookedAt++;
                if (conditions.stream().allMatch(condition -> condition.matches(record.state()))) {
                    records.add(record);
                }
            }
        }

        Page page() {
            return new Page(records, ended ? Optional.empty() : Optional.of(Continuation.after(last)));
        }
    }

    private static String json(Page page) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            out.writeStartObject();
            out.writeArrayPropertyStart("records");
            for (ServerRecord record : page.records) {
                DocumentWriter.COMPACT.write(record.key().id(), record.state().values(), out);
            }
            out.writeEndArray();
            page.next.ifPresent(next -> out.writeStringProperty("next", next));
            out.writeEndObject();
        }
        return text.toString();
    }
}
