package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.core.exchange.Role;
import io.holdfast.server.audit.LogFilter;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.storage.SqlEngine;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that know nothing of each other but their PostgreSQL, each with connections of its own. */
class TwoServersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The one that is a moment earlier starts a run; that it is the same one each time has ended long before so many. */
    private static final int SOURCES_MAX = 40;

    @TempDir
    private Path folder;

    private final SqlEngine engine = SqlEngine.postgres();
    private final Map<SyncServer, Long> ended = new ConcurrentHashMap<>();
    private final List<String> sources = new ArrayList<>();
    private SyncServer one;
    private SyncServer other;

    @BeforeEach
    void start() {
        one = new SyncServer(engine.open(), folder);
        other = new SyncServer(engine.open(), folder);
        Stream.of(one, other).forEach(server -> server.services.watch(report -> ended.merge(server, 1L, Long::sum)));
    }

    @AfterEach
    void stop() {
        one.close();
        other.close();
    }

    /** Changes the settings on one server, and waits until they hold on both. */
    private void configure() {
        String admin = one.server.token(Role.ADMIN, "*");
        String version = SyncServer.text(one.server.get("/api/sync/config", admin), "version");
        HttpResponse<String> changed = one.put(
                "/api/sync/config",
                admin,
                "{\"version\": " + version + ", \"settings\": {\"sources\": [" + String.join(",", sources) + "]}}");
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        long next = Long.parseLong(SyncServer.text(changed, "version"));
        for (SyncServer server : List.of(one, other)) {
            await().atMost(PATIENCE)
                    .until(() -> server.operations.settings().version().version() == next);
        }
    }

    private void add(int number, String when) {
        String source =
                one.source("office" + number, "S-1,Ann\nS-2,Bob\n").replace("\"shop\"", "\"shop" + number + "\"");
        sources.add(source.replace("}", ", " + when + "}"));
    }

    private List<Run> runs() {
        return one.operations.log().runs(LogFilter.ALL, Optional.empty(), 1_000);
    }

    /** Sources are added one by one, until either server has run some: then each has looked at those of the other. */
    @Test
    void aScheduleStartsARunOnceAndNotOnceEach() {
        for (int i = 0; i < SOURCES_MAX && (i < 4 || ended.size() < 2); i++) {
            add(i, "\"intervalMinutes\": 600");
            configure();
            int expected = i + 1;
            await().atMost(PATIENCE)
                    .until(() ->
                            ended.values().stream().mapToLong(Long::longValue).sum() >= expected);
        }
        assertThat(ended).as("servers that ran something").hasSize(2);
        Map<String, Long> started =
                runs().stream().collect(Collectors.groupingBy(run -> run.start().source(), Collectors.counting()));
        assertThat(started)
                .hasSize(sources.size())
                .allSatisfy((source, times) -> assertThat(times).as(source).isOne());
        assertThat(runs()).extracting(Run::status).containsOnly(RunStatus.SUCCEEDED);
    }

    /** The run waits for a lock that the test holds, so that it is under way whenever the second request comes. */
    @Test
    void ofTwoRunsStartedInTheSameSecondOneWinsAndTheOtherIsToldOfIt() throws Exception {
        add(0, "\"intervalMinutes\": 0");
        configure();
        List<HttpResponse<String>> answers;
        try (Connection foreign = engine.connect();
                Statement statement = foreign.createStatement()) {
            foreign.setAutoCommit(false);
            statement.execute("LOCK TABLE hf_reading IN ACCESS EXCLUSIVE MODE");
            answers = startedOnBoth();
            foreign.rollback();
        }
        answers.sort(Comparator.comparingInt(HttpResponse::statusCode));
        assertThat(answers).extracting(HttpResponse::statusCode).containsExactly(202, 409);
        String winner = SyncServer.text(answers.getFirst(), "syncId");
        assertThat(SyncServer.text(answers.getLast(), "code")).isEqualTo("RUN_ACTIVE");
        assertThat(SyncServer.text(answers.getLast(), "syncId")).isEqualTo(winner);
        await().atMost(PATIENCE).until(() -> ended.size() == 1);
        assertThat(runs()).singleElement().satisfies(run -> {
            assertThat(run.id().text()).isEqualTo(winner);
            assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        });
        assertThat(engine.value("SELECT count(*) FROM sellers")).isEqualTo("2");
    }

    private List<HttpResponse<String>> startedOnBoth() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (SyncServer server : List.of(one, other)) {
                String operator = server.server.token(Role.OPERATOR, "*");
                answers.add(threads.submit(() -> {
                    together.await();
                    return server.post("/api/sync/manual", operator);
                }));
            }
        }
        return new ArrayList<>(
                List.of(answers.getFirst().get(), answers.getLast().get()));
    }
}
