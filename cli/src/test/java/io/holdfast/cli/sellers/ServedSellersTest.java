package io.holdfast.cli.sellers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import io.holdfast.cli.run.Journal;
import io.holdfast.cli.run.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code holdfast serve --app sellers} from an empty folder to both sheets in their tables. */
class ServedSellersTest {

    private static final Path EXAMPLES = Path.of("..", "examples", "sellers");

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void takesTheOfficesSheetsAndAsksForNothingTwice() throws Exception {
        Journal.in(folder);
        Commands commands = Commands.in(folder);
        try (ServerProcess server = ServerProcess.start(folder, "--app", "sellers")) {
            String operator = server.token("operator", "office");
            Path sheets = folder.resolve("data/sellers");
            assertThat(sheets.resolve("sellers.yaml")).hasSameTextualContentAs(EXAMPLES.resolve("sellers.yaml"));
            run(server, operator, "properties", sheets);
            run(server, operator, "sellers", sheets);
            String runs = commands.run("runs", "list", "--data", "@data", "--json")
                    .fine()
                    .out();
            assertThat(runs).contains("\"source\":\"properties\"", "\"source\":\"sellers\"", "\"created\":3");
            assertThat(commands.run("config", "get", "--data", "@data").fine().out())
                    .contains("sources.0.name=properties", "sources.0.cron=0 * * * *", "sources.1.name=sellers");
            server.terminate();
        }
        commands.run("config", "set", "sources=[]", "--data", "@data").fine();
        try (ServerProcess again = ServerProcess.start(folder, "--app", "sellers")) {
            assertThat(again.address()).isNotEmpty();
            Invocation history =
                    commands.run("config", "history", "--data", "@data").fine();
            assertThat(history.out()).containsOnlyOnce("application sellers");
            assertThat(commands.run("config", "get", "sources", "--data", "@data", "--json")
                            .fine()
                            .out())
                    .isEqualTo("[]\n");
        }
    }

    /** Puts a sheet into its folder and has it run to its end. */
    private void run(ServerProcess server, String token, String name, Path sheets) throws IOException {
        Files.copy(EXAMPLES.resolve(name + ".csv"), sheets.resolve(name).resolve(name + ".csv"));
        HttpResponse<String> started = send(request(server, "/api/sync/manual", token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"source\": \"" + name + "\"}"))
                .build());
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        String id = started.body().replaceAll(".*\"run\":\"([0-9a-f]{32})\".*", "$1");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> send(request(server, "/api/sync/progress/" + id, token)
                                .build())
                        .body()
                        .contains("\"endedAt\""));
    }

    private static HttpRequest.Builder request(ServerProcess server, String path, String token) {
        return HttpRequest.newBuilder(URI.create(server.address() + path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
