package io.holdfast.sources.google;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * As much of Google as a reader of spreadsheets meets: metadata and grid data of the Sheets API, a file's version of the Drive API, and
 * tokens; in the JSON of the real ones. Answers that are queued come first.
 */
final class FakeGoogle implements AutoCloseable {

    static final String ID = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789";

    private static final Pattern ROWS = Pattern.compile("'((?:[^']|'')*)'!(\\d+):(\\d+)");

    /** What somebody asked. */
    record Asked(String path, Map<String, String> query, Map<String, String> headers, String body) {}

    /** What is said instead of the answer. */
    record Said(int status, Map<String, String> headers, String body) {}

    private final HttpServer server;
    private final List<Asked> asked = new ArrayList<>();
    private final Queue<Said> next = new ArrayDeque<>();
    private final List<String> rows = new ArrayList<>();
    private int version = 7;
    private Optional<String> accepted = Optional.empty();

    FakeGoogle() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Adds a row, as the JSON of its cells. */
    synchronized void row(String... cells) {
        rows.add("{\"values\":[" + String.join(",", cells) + "]}");
    }

    static String text(String text) {
        return "{\"effectiveValue\":{\"stringValue\":\"" + text + "\"}}";
    }

    static String number(String number) {
        return "{\"effectiveValue\":{\"numberValue\":" + number + "}}";
    }

    static String dated(String serial, String type) {
        return "{\"effectiveValue\":{\"numberValue\":" + serial + "},\"effectiveFormat\":{\"numberFormat\":{\"type\":\""
                + type + "\"}}}";
    }

    static String failed(String type) {
        return "{\"effectiveValue\":{\"errorValue\":{\"type\":\"" + type + "\",\"message\":\"It failed.\"}}}";
    }

    /** Says this instead of the next answer. */
    synchronized void say(int status, Map<String, String> headers, String body) {
        next.add(new Said(status, headers, body));
    }

    /** Refuses every request that does not bear this token. */
    synchronized void accept(String token) {
        accepted = Optional.of(token);
    }

    /** Somebody edits the spreadsheet. */
    synchronized void edit() {
        version++;
    }

    synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        Asked question = question(exchange);
        asked.add(question);
        Said queued = next.poll();
        Said said = queued == null ? said(question) : queued;
        byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
        said.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Asked question(HttpExchange exchange) throws IOException {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new Asked(exchange.getRequestURI().getPath(), query, headers, body);
    }

    private Said said(Asked question) {
        if (question.path().equals("/token")) {
            return fine("{\"access_token\":\"" + accepted.orElse("t")
                    + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}");
        }
        boolean known = accepted.isEmpty()
                || ("Bearer " + accepted.get()).equals(question.headers().get("authorization"));
        if (!known) {
            return error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
        }
        if (question.path().equals("/drive/v3/files/" + ID)) {
            return fine("{\"version\":\"" + version + "\"}");
        }
        if (!question.path().equals("/v4/spreadsheets/" + ID)) {
            return error(404, "NOT_FOUND", "Requested entity was not found.");
        }
        return question.query().containsKey("ranges") ? page(question.query().get("ranges")) : fine(metadata());
    }

    private String metadata() {
        return """
                {"properties":{"title":"Sellers"},"sheets":[
                 {"properties":{"sheetId":1,"title":"Chart","sheetType":"OBJECT"}},
                 {"properties":{"sheetId":2,"title":"Old","sheetType":"GRID","hidden":true,"gridProperties":{"rowCount":1,"columnCount":1}}},
                 {"properties":{"sheetId":0,"title":"Bob's","sheetType":"GRID","gridProperties":{"rowCount":%d,"columnCount":26}},
                  "merges":[{"sheetId":0,"startRowIndex":1,"endRowIndex":3,"startColumnIndex":0,"endColumnIndex":1}]}]}""".formatted(rows.size() + 100);
    }

    private Said page(String range) {
        Matcher parts = ROWS.matcher(range);
        if (!parts.matches() || !parts.group(1).replace("''", "'").equals("Bob's")) {
            return error(400, "INVALID_ARGUMENT", "Unable to parse range: " + range);
        }
        int from = Integer.parseInt(parts.group(2)) - 1;
        if (Integer.parseInt(parts.group(3)) > rows.size() + 100) {
            return error(400, "INVALID_ARGUMENT", "Range exceeds grid limits.");
        }
        String data = rows.stream()
                .skip(from)
                .limit(Integer.parseInt(parts.group(3)) - from)
                .collect(Collectors.joining(","));
        String start = from == 0 ? "" : "\"startRow\":" + from + ",";
        return fine("{\"sheets\":[{\"data\":[{" + start + "\"rowData\":[" + data + "]}]}]}");
    }

    private static Said fine(String body) {
        return new Said(200, Map.of("Content-Type", "application/json; charset=UTF-8"), body);
    }

    static Said error(int code, String status, String message) {
        return new Said(
                code,
                Map.of(),
                "{\"error\":{\"code\":" + code + ",\"message\":\"" + message + "\",\"status\":\"" + status + "\"}}");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
