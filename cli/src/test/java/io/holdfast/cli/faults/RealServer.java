package io.holdfast.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.run.ChildProcess;
import io.holdfast.cli.run.Commands;
import io.holdfast.cli.run.Invocation;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code holdfast serve} in a process of its own, which can be killed and started again at the same address. Whatever it logged
 * until then must not speak of a defect. Not thread-safe.
 */
final class RealServer implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("\"address\":\"(http://[^\"]+?:(\\d+))/\"");
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    /** The exit code of a command whose server or database did not answer. */
    private static final int UNREACHABLE = 3;

    private final Path folder;
    private final List<String> place;
    private List<String> javaOptions;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private ChildProcess process;
    private boolean listening;
    private String address;
    private String port;

    private RealServer(Path folder, List<String> place) {
        this.folder = folder;
        this.place = place;
        javaOptions = List.of();
        process = started("0");
        Matcher where = ADDRESS.matcher(process.line());
        assertThat(where.find()).isTrue();
        address = where.group(1);
        port = where.group(2);
        listening = true;
    }

    /** Starts one on {@code journal.json}, with its records in a folder named {@code data}. */
    static RealServer embedded(Path folder) {
        return at(folder, List.of("--data", "@data"));
    }

    /** Starts one on {@code journal.json} and a PostgreSQL. */
    static RealServer on(Path folder, Postgres database) {
        return at(folder, List.of("--database", database.url()));
    }

    /** Starts one whose database these options name. */
    static RealServer at(Path folder, List<String> place) {
        return new RealServer(folder, place);
    }

    private ChildProcess started(String onPort) {
        List<String> args = new ArrayList<>(List.of("serve", "--schema", "@journal.json", "--port", onPort, "--json"));
        args.addAll(place);
        return ChildProcess.start(folder, javaOptions, args.toArray(String[]::new));
    }

    /** Ends it without a chance to do anything, be it listening yet or not. */
    void crash() {
        assertHealthy(process.crash());
        listening = false;
    }

    /** Asks it to stop, and waits until it has. */
    void stop() {
        assertHealthy(process.terminate());
        listening = false;
    }

    private static void assertHealthy(Invocation ended) {
        assertThat(ended.err())
                .as("the log of the server")
                .doesNotContain("defect", "\"code\":\"INTERNAL\"", "code=INTERNAL");
    }

    /** Starts it again, without waiting until it listens. */
    void startAgain() {
        process = started(port);
    }

    /** As {@link #startAgain()}, on a machine whose clock is wrong by so much. */
    void startAgain(Duration shift) {
        javaOptions = List.of("-Dholdfast.clock.shift=" + shift);
        startAgain();
    }

    /** Waits until it listens. One that found no database is started again, as a service manager does. */
    void awaitListening() {
        while (!listening) {
            Optional<String> line = process.lineUnlessEnded();
            if (line.isPresent()) {
                assertThat(line.get()).contains("\"address\":\"" + address);
                listening = true;
            } else {
                Invocation ended = process.end();
                assertHealthy(ended);
                assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(UNREACHABLE);
                startAgain();
            }
        }
    }

    /** Gives it so much time. */
    void linger(Duration time) {
        process.linger(time);
    }

    /** Where it listens, without a slash at the end. */
    String address() {
        return address;
    }

    /** A new token for the scope of all devices. */
    String token(String role) {
        Stream<String> what = Stream.of("token", "create", "--role", role, "--scope", "ann", "--json");
        Invocation made = Commands.in(folder)
                .run(Stream.concat(what, place.stream()).toArray(String[]::new))
                .fine();
        Matcher token = TOKEN.matcher(made.out());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    /** All live records, page by page, as the API lists them. */
    List<Map<String, JsonTree>> records(String token) {
        List<Map<String, JsonTree>> all = new ArrayList<>();
        String next = "";
        do {
            JsonTree.Members page = (JsonTree.Members) JsonText.read(get(
                            "/v1/scopes/ann/collections/entries/records?limit=1000"
                                    + (next.isEmpty() ? "" : "&page=" + next),
                            token)
                    .body());
            if (page.members().get("records") instanceof JsonTree.Elements records) {
                records.elements().forEach(record -> all.add(((JsonTree.Members) record).members()));
            }
            next = page.members().get("next") instanceof JsonTree.Text more ? more.text() : "";
        } while (!next.isEmpty());
        return all;
    }

    /** The answer of an address; empty token for none. */
    HttpResponse<String> get(String path, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(30));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while asking the server", e);
        }
    }

    @Override
    public void close() {
        http.close();
        process.kill();
    }
}
