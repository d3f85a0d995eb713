package io.holdfast.server.http.look;

import com.github.benmanes.caffeine.cache.Ticker;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.json.JsonText;
import io.holdfast.server.http.Answer;
import io.holdfast.server.http.Call;
import io.holdfast.server.http.access.Admission;
import io.holdfast.server.http.app.Health;
import java.io.StringWriter;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;

/**
 * Whether the process lives, and whether it can serve. The storage is asked by one at a time and at most once a second,
 * however many ask here, as anybody may: an outage must not keep all of them waiting. Thread-safe.
 */
public final class HealthAction {

    private final ServerStorage storage;
    private final Admission admission;
    private final Map<String, Supplier<Health>> applications;
    private final Readiness readiness;

    /**
     * @param ticker nanoseconds from any origin
     * @param applications by name; asked as often as the storage
     */
    public HealthAction(
            ServerStorage storage, Admission admission, Ticker ticker, Map<String, Supplier<Health>> applications) {
        this.storage = storage;
        this.admission = admission;
        this.applications = applications;
        this.readiness = new Readiness(this::asked, ticker);
    }

    /** {@code GET /health/live}: the process answers. */
    public Answer live(Call call) {
        return Answer.json("{\"status\":\"live\"}");
    }

    /**
     * {@code GET /health/ready}: the storage answers, and the server is not stopping. How the applications are is told, and does
     * not decide: a server that turns devices away because some of them fail would help none.
     *
     * @throws io.holdfast.core.error.HoldfastException UNAVAILABLE, DATABASE_UNREACHABLE
     */
    public Answer ready(Call call) {
        if (admission.closed()) {
            throw Admission.stopping();
        }
        return Answer.json(readiness.answer());
    }

    private String asked() {
        storage.scopes("", 1);
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonText.generator(text)) {
            out.writeStartObject();
            out.writeStringProperty("status", "ready");
            if (!applications.isEmpty()) {
                out.writeObjectPropertyStart("applications");
                applications.forEach((name, application) -> {
                    Health health = application.get();
                    out.writeObjectPropertyStart(name);
                    out.writeStringProperty("status", health.fine() ? "fine" : "degraded");
                    out.writeStringProperty("detail", health.detail());
                    out.writeEndObject();
                });
                out.writeEndObject();
            }
            out.writeEndObject();
        }
        return text.toString();
    }
}
