package io.holdfast.cli.earnings;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.CanonicalJson;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.earnings.office.DiscrepancyExport;
import io.holdfast.earnings.server.ReviewDesk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Through a server that runs, with what its token may see and decide. */
final class ServerOffice implements Office {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpClient http;
    private final URI server;
    private final String token;

    /** Works through a client, which it closes. */
    ServerOffice(HttpClient http, URI server, String token) {
        this.http = http;
        this.server = server;
        this.token = token;
    }

    @Override
    public void reviews(Wanted wanted, Consumer<JsonTree> visitor) {
        each("reviews", "status", wanted, visitor);
    }

    @Override
    public void discrepancies(Wanted wanted, Consumer<JsonTree> visitor) {
        each("discrepancies", "kind", wanted, visitor);
    }

    private void each(String list, String filter, Wanted wanted, Consumer<JsonTree> visitor) {
        Map<String, String> query = new TreeMap<>();
        query.put("limit", "500");
        query.put(filter, wanted.filter());
        query.put("user", wanted.user());
        String next;
        do {
            Map<String, JsonTree> page = members(read(request("/api/earnings/" + list + query(query))));
            if (page.get(list) instanceof JsonTree.Elements found) {
                found.elements().forEach(visitor);
            }
            next = page.get("next") instanceof JsonTree.Text text ? text.text() : "";
            query.put("page", next);
        } while (!next.isEmpty());
    }

    @Override
    public JsonTree decide(String user, String review, ReviewDesk.Verdict verdict) {
        Map<String, JsonTree> body = new TreeMap<>();
        body.put("verdict", new JsonTree.Text(verdict.status()));
        body.put("reason", new JsonTree.Text(verdict.explanation()));
        verdict.amount().ifPresent(amount -> body.put("amount", new JsonTree.Text(amount.toString())));
        return read(request("/api/earnings/users/" + encoded(user) + "/reviews/" + encoded(review) + "/decision")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(CanonicalJson.of(new JsonTree.Members(body)))));
    }

    @Override
    public JsonTree discrepancy(String user, String id) {
        return read(request("/api/earnings/users/" + encoded(user) + "/discrepancies/" + encoded(id)));
    }

    @Override
    public void export(DiscrepancyExport format, String user, OutputStream out) throws IOException {
        Map<String, String> query = new TreeMap<>();
        query.put("format", format.name().toLowerCase(Locale.ROOT));
        query.put("user", user);
        try (InputStream in = send(request("/api/earnings/discrepancies/export" + query(query)))) {
            in.transferTo(out);
        }
    }

    /** Key figures of the last hours, as this server knows them. */
    JsonTree kpis(int hours) {
        return read(request("/api/earnings/kpis" + query(Map.of("hours", Integer.toString(hours)))));
    }

    private static String query(Map<String, String> parameters) {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> {
            if (!value.isEmpty()) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(encoded(value));
            }
        });
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        String base = server.toString().replaceFirst("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private JsonTree read(HttpRequest.Builder request) {
        try (InputStream in = send(request)) {
            return JsonText.read(in.readAllBytes());
        } catch (IOException cut) {
            throw unreachable(cut);
        } catch (JsonRefusedException noAnswer) {
            throw unknown(noAnswer);
        }
    }

    private InputStream send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            try (InputStream body = answer.body()) {
                throw refusal(body.readAllBytes());
            }
        } catch (IOException unreachable) {
            throw unreachable(unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCode.CANCELLED, "The command was interrupted; run it again.", stopped);
        }
    }

    private HoldfastException refusal(byte[] body) {
        try {
            Map<String, JsonTree> problem = members(JsonText.read(body));
            if (problem.get("code") instanceof JsonTree.Text code
                    && problem.get("detail") instanceof JsonTree.Text detail) {
                return new HoldfastException(ErrorCode.of(code.text()), detail.text());
            }
        } catch (JsonRefusedException noProblem) {
            return unknown(noProblem);
        }
        return unknown(new IllegalStateException("a refusal without a code"));
    }

    private HoldfastException unreachable(IOException failure) {
        return new HoldfastException(
                ErrorCode.SERVER_UNREACHABLE,
                "The server at " + server + " cannot be reached, or its answer broke off; check address and network.",
                failure);
    }

    private HoldfastException unknown(RuntimeException why) {
        return new HoldfastException(
                ErrorCode.SERVER_ANSWER,
                "What answers at " + server + " is no Holdfast server that serves earnings; check the address.",
                why);
    }

    private static Map<String, JsonTree> members(JsonTree tree) {
        return tree instanceof JsonTree.Members object ? object.members() : Map.of();
    }

    @Override
    public void close() {
        http.close();
    }
}
