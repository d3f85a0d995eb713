package io.holdfast.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.cli.run.Journal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose PostgreSQL goes away in mid-transaction: it says so, and recovers by itself. */
@Tag("faults")
class DatabaseOutageTest {

    private static final int ROUNDS = 40;
    private static final String RECORDS = "/v1/scopes/ann/collections/entries/records";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void aServerWhoseDatabaseDiesSaysThatItCannotAnswerNowAndRecoversByItself() {
        Journal.in(folder);
        try (Postgres database = Postgres.start(folder);
                RealServer server = RealServer.on(folder, database)) {
            Promises promises = new Promises();
            String viewer = server.token("viewer");
            try (RealDevice phone =
                    RealDevice.start(folder, "phone", server.address(), server.token("device"), promises)) {
                List<Consumer<Postgres>> endings = List.of(Postgres::crash, Postgres::stopImmediately);
                // A scope is there once a device has come.
                await().atMost(PATIENCE).until(() -> server.get(RECORDS, viewer).statusCode() == 200);
                for (Consumer<Postgres> ending : endings) {
                    phone.write(ROUNDS);
                    phone.hear(ROUNDS / 2);
                    ending.accept(database);
                    await().atMost(PATIENCE).untilAsserted(() -> assertUnavailable(server.get("/health/ready", "")));
                    assertThat(server.get("/health/live", "").statusCode()).isEqualTo(200);
                    assertUnavailable(server.get(RECORDS, viewer));
                    // Writing goes on meanwhile.
                    phone.write(ROUNDS);
                    phone.hear(ROUNDS);

                    database.startAgain();
                    await().atMost(PATIENCE)
                            .until(() -> server.get("/health/ready", "").statusCode() == 200);
                    assertThat(server.get(RECORDS, viewer).statusCode()).isEqualTo(200);
                }
                phone.crash();
                new Reckoning(folder, server, promises).check(List.of(phone.store()));
            }
            assertThat(server.get("/metrics", viewer).body())
                    .contains("status=\"503\"")
                    .doesNotContain("status=\"500\"")
                    .doesNotContain("status=\"502\"")
                    .doesNotContain("status=\"504\"")
                    .doesNotContain("status=\"507\"");
            server.stop();
        }
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).containsPattern("\"code\":\"(UNAVAILABLE|DATABASE_UNREACHABLE)\"");
    }
}
