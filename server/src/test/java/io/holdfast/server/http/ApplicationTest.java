package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.apikit.ApiDescription;
import io.holdfast.core.exchange.DecisionRules;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.schema.Schema;
import io.holdfast.server.auth.InMemoryTokenStorage;
import io.holdfast.server.http.app.Application;
import io.holdfast.server.http.app.Exchanged;
import io.holdfast.server.http.app.Health;
import io.holdfast.server.http.app.Hosted;
import io.holdfast.server.http.app.Hosting;
import io.holdfast.server.system.Machine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A server with an application on it. */
final class ApplicationTest {

    private static final String PART = """
            paths:
              /api/journal/size:
                get:
                  operationId: size
                  responses: { "200": { description: It. } }
            components:
              schemas:
                Size: { type: object }
            """;

    private static final class Sample implements Application, Hosted {
        private final String path;
        private final String description;
        private final List<Exchanged> seen = Collections.synchronizedList(new ArrayList<>());
        private boolean closed;

        Sample(String path, String description) {
            this.path = path;
            this.description = description;
        }

        @Override
        public Schema schema() {
            return TestServer.SCHEMA;
        }

        @Override
        public DecisionRules decisions() {
            return DecisionRules.NONE;
        }

        @Override
        public String description() {
            return description;
        }

        @Override
        public Hosted host(Hosting hosting) {
            return this;
        }

        @Override
        public List<Route> routes() {
            return List.of(Route.of(
                    Route.Method.GET,
                    path,
                    Set.of(Role.VIEWER),
                    call -> Answer.json("{\"size\":" + seen.size() + "}")));
        }

        @Override
        public Health health() {
            return new Health(seen.isEmpty(), "So many exchanges: " + seen.size() + ".");
        }

        @Override
        public void exchanged(Exchanged exchanged) {
            seen.add(exchanged);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static TestServer start(Application application) {
        return TestServer.start(
                TestServer.config(),
                new Foundation(
                                new InMemoryServerStorage(),
                                new InMemoryTokenStorage(),
                                List.of(),
                                WriteRules.OPEN,
                                Machine.real())
                        .hosting(application));
    }

    @Test
    void answersAtItsOwnAddressesUnderTheServersRoles() {
        try (TestServer server = start(new Sample("/api/journal/size", PART))) {
            assertThat(server.get("/api/journal/size", server.token(Role.VIEWER, "*"))
                            .body())
                    .isEqualTo("{\"size\":0}");
            assertThat(server.get("/api/journal/size", server.token(Role.DEVICE, "*"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(server.get("/api/journal/size").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void isPartOfTheDescription() {
        try (TestServer server = start(new Sample("/api/journal/size", PART))) {
            ApiDescription description =
                    ApiDescription.of(server.get("/openapi.yaml").body());
            assertThat(description.operations().stream().map(Object::toString))
                    .contains("GET /api/journal/size", "POST /v1/exchange")
                    .hasSameSizeAs(server.server.routes());
        }
    }

    @Test
    void isToldOfEachMessageAndItsHealthIsShown() {
        Sample sample = new Sample("/api/journal/size", PART);
        try (TestServer server = start(sample)) {
            assertThat(server.get("/health/ready").body()).contains("\"journal\":{\"status\":\"fine\"");
            String token = server.token(Role.DEVICE, TestServer.SCOPE);
            server.exchange(new TestDevice("tablet").put("r1", "mint"), token);
            assertThat(sample.seen.stream().map(Exchanged::kind)).containsExactly("register", "exchange");
            Exchanged last = sample.seen.getLast();
            assertThat(last.outcome()).isEqualTo("applied");
            assertThat(last.refusal()).isEmpty();
            assertThat(last.scope()).isEqualTo(TestServer.SCOPE);
            assertThat(last.took()).isPositive();
            assertThat(last.receivedBytes()).isPositive();
            assertThat(last.sentBytes()).isPositive();
            server.post("/v1/exchange", token, new TestDevice("stranger").exchange(), same -> same);
            assertThat(sample.seen.getLast().outcome()).isEqualTo("unregistered");
        }
        assertThat(sample.closed).isTrue();
    }

    @Test
    void mayNotTakeOthersAddressesOrSpoilTheDescription() {
        assertThatIllegalArgumentException().isThrownBy(() -> start(new Sample("/v1/exchange", PART)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start(new Sample("/api/journal/size", "paths:\n  /x: {}\n")));
    }
}
