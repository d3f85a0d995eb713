package io.holdfast.apikit;

import com.github.luben.zstd.Zstd;
import io.holdfast.apikit.ApiDescription.Operation;
import io.holdfast.apikit.ApiDescription.Parameter;
import io.holdfast.core.Limits;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** Requests that are wrong in one respect each, made from what the description says would be right. Immutable. */
public final class BadRequests {

    private static final int TRUNCATIONS = 12;
    private static final int DEEP = 100_000;
    private static final int LONG = 100_000;
    private static final String HUGE = "9".repeat(30);

    private static final List<String> METHODS =
            List.of("GET", "POST", "DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "BREW");

    private static final Map<String, List<String>> WRONG_TYPES = Map.of(
            "integer", List.of("\"x\"", "\"1\"", "1.5", "true", "[]", "{}", "null", "1e400", HUGE, "-" + HUGE),
            "string", List.of("1", "1.5", "true", "[]", "{}", "null"),
            "object", List.of("1", "\"x\"", "[]", "true", "null"),
            "array", List.of("1", "\"x\"", "{}", "true", "null"));

    private final Site site;
    private final ApiDescription description;
    private final Map<String, String> badTokens;

    /**
     * A server, and what a right request to it is made of.
     *
     * @param address of the server, ends with a slash
     * @param token a fresh token for each request, as some addresses take it away
     * @param places what the variable parts of paths, and required parameters, stand for
     * @param bodies the right body of each path that takes one
     */
    public record Site(URI address, Supplier<String> token, Map<String, String> places, Map<String, byte[]> bodies) {
        /** Copies the maps. */
        public Site {
            places = Map.copyOf(places);
            bodies = Map.copyOf(bodies);
        }
    }

    /**
     * One request.
     *
     * @param refused whether it must be; else it may be fine, but must do no harm
     */
    public record Bad(String what, HttpRequest request, boolean refused) {}

    /**
     * Requests to a server.
     *
     * @param description of what would be right
     * @param badTokens tokens that open nothing, by what is wrong with them
     */
    public BadRequests(Site site, ApiDescription description, Map<String, String> badTokens) {
        this.site = site;
        this.description = description;
        this.badTokens = badTokens;
    }

    /** All that is tried at one address. */
    public List<Bad> of(Operation operation) {
        List<Bad> all = new ArrayList<>();
        tokens(operation, all);
        places(operation, all);
        queries(operation, all);
        headers(operation, all);
        operation.body().ifPresent(schema -> bodies(operation, schema, all));
        return all;
    }

    /** Methods that the description does not have for a path. */
    public List<Bad> methods(String path, List<Operation> operations) {
        List<String> known = operations.stream()
                .filter(operation -> operation.path().equals(path))
                .map(Operation::method)
                .toList();
        return METHODS.stream()
                .filter(method -> !known.contains(method))
                .map(method -> new Bad(
                        method + " " + path,
                        at(target(path, site.places()), method, BodyPublishers.noBody())
                                .build(),
                        true))
                .toList();
    }

    private void tokens(Operation operation, List<Bad> all) {
        if (!operation.secured()) {
            return;
        }
        String target = target(operation);
        all.add(new Bad(operation + " without a token", bare(target, operation).build(), true));
        badTokens.forEach((what, bad) -> all.add(new Bad(
                operation + " with " + what,
                bare(target, operation).header("Authorization", "Bearer " + bad).build(),
                true)));
        for (String header : List.of(
                "",
                "Bearer",
                "Bearer ",
                "Basic " + site.token().get(),
                site.token().get(),
                "Bearer a b")) {
            all.add(new Bad(
                    operation + " with Authorization: " + header,
                    bare(target, operation).header("Authorization", header).build(),
                    true));
        }
        all.add(new Bad(
                operation + " with a cookie of nonsense",
                bare(target, operation)
                        .header("Cookie", "holdfast_session=" + site.token().get() + "x")
                        .build(),
                true));
    }

    private void places(Operation operation, List<Bad> all) {
        for (Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("path")) {
                for (String raw :
                        List.of("%00", "%FF", "%C3%28", "a%00b", "%ED%A0%80", "x".repeat(1_000), "%0A", "nowhere")) {
                    Map<String, String> other = new HashMap<>(site.places());
                    other.put(parameter.name(), raw);
                    all.add(new Bad(
                            operation + " " + parameter.name() + "=" + brief(raw),
                            right(operation, target(operation.path(), other)).build(),
                            true));
                }
            }
        }
    }

    private void queries(Operation operation, List<Bad> all) {
        String target = target(operation);
        String separator = target.contains("?") ? "&" : "?";
        for (Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("query")) {
                for (String raw : List.of("%00", "%FF", "%ED%A0%80")) {
                    query(operation, target + separator + parameter.name() + "=" + raw, true, all);
                }
                if (ApiDescription.text(parameter.schema(), "type").equals("integer")) {
                    for (String raw : List.of("", "x", "1.5", "1e3", "-1", "0", HUGE, "%F0%9D%9F%99", "1%20", "0x10")) {
                        query(operation, target + separator + parameter.name() + "=" + raw, true, all);
                    }
                    query(
                            operation,
                            target + separator + parameter.name() + "=1&" + parameter.name() + "=2",
                            true,
                            all);
                }
                query(operation, target + separator + parameter.name() + "=" + "x".repeat(4_000), false, all);
                query(operation, target + separator + parameter.name() + "=" + "x".repeat(40_000), true, all);
                query(operation, target + separator + parameter.name() + "=a".repeat(1_000), false, all);
            }
        }
        query(operation, target + separator + "unknown=1", false, all);
        query(operation, target + separator + "%00=%00", !operation.parameters().isEmpty(), all);
        query(
                operation,
                target + separator + "a=1&".repeat(500),
                !operation.parameters().isEmpty(),
                all);
    }

    private void query(Operation operation, String target, boolean refused, List<Bad> all) {
        all.add(new Bad(
                operation.method() + " " + brief(target),
                right(operation, target).build(),
                refused));
    }

    private void headers(Operation operation, List<Bad> all) {
        String target = target(operation);
        all.add(new Bad(
                operation + " from another page",
                right(operation, target).header("Origin", "http://evil.example").build(),
                true));
        Map.of(
                        "Accept", "text/x-none",
                        "Range", "bytes=9-1",
                        "If-Match", "\"x\", *",
                        "If-Modified-Since", "never",
                        "Accept-Encoding", "zstd;q=9, gzip;q=-1, ;;",
                        "Last-Event-ID", "x".repeat(1_000),
                        "X-HTTP-Method-Override", "DELETE",
                        "Forwarded", "for=\"_x\";host=evil.example",
                        "Holdfast-Csrf", "\u00ff")
                .forEach((name, value) -> all.add(new Bad(
                        operation + " with " + name + ": " + brief(value),
                        right(operation, target).header(name, value).build(),
                        false)));
        all.add(new Bad(
                operation + " with headers without end",
                right(operation, target).header("X-Long", "x".repeat(LONG)).build(),
                true));
    }

    private void bodies(Operation operation, JsonTree schema, List<Bad> all) {
        byte[] whole = whole(operation);
        JsonTree tree = JsonText.read(whole);
        fields(operation, tree, List.of(), schema, all);
        for (int i = 0; i < TRUNCATIONS; i++) {
            body(operation, "cut", Arrays.copyOf(whole, whole.length * i / TRUNCATIONS), true, all);
        }
        String text = new String(whole, StandardCharsets.UTF_8);
        for (String other : List.of(
                "null",
                "1",
                "\"x\"",
                "[]",
                "[" + text + "]",
                text + text,
                text + "x",
                text.replace(':', ';'),
                "[".repeat(DEEP),
                "{\"a\":".repeat(DEEP),
                "{\"scope\":" + "[".repeat(DEEP),
                "\"" + "x".repeat(LONG),
                "{\"" + "x".repeat(LONG) + "\":1}",
                "-",
                "1e",
                "{\"request\":" + "1".repeat(LONG) + "}",
                "\u0000")) {
            body(operation, "body " + brief(other), other.getBytes(StandardCharsets.UTF_8), true, all);
        }
        body(operation, "UTF-16", text.getBytes(StandardCharsets.UTF_16), true, all);
        body(operation, "Latin-1", text.replace("a", "\u00e4").getBytes(StandardCharsets.ISO_8859_1), true, all);
        kinds(operation, whole, all);
    }

    private void kinds(Operation operation, byte[] whole, List<Bad> all) {
        String target = target(operation);
        for (String type : List.of("text/plain", "multipart/form-data", "application/json; charset=utf-16", "", ";")) {
            all.add(new Bad(
                    operation + " as " + type,
                    right(operation, target).setHeader("Content-Type", type).build(),
                    true));
        }
        byte[] gzip = gzip(whole);
        byte[] zstd = Zstd.compress(whole);
        byte[] zeros = new byte[64 << 20];
        Map<String, List<byte[]>> encoded = Map.of(
                "gzip",
                        List.of(
                                new byte[0],
                                whole,
                                Arrays.copyOf(gzip, gzip.length - 5),
                                flipped(gzip),
                                gzip(zeros),
                                twice(gzip)),
                "zstd",
                        List.of(
                                new byte[0],
                                whole,
                                Arrays.copyOf(zstd, zstd.length - 5),
                                flipped(zstd),
                                Zstd.compress(zeros),
                                twice(zstd)),
                "br", List.of(whole),
                "gzip, gzip", List.of(gzip(gzip)),
                "identity", List.of(new byte[Limits.BODY_BYTES_MAX + 1]));
        encoded.forEach((encoding, all1) -> all1.forEach(bytes -> all.add(new Bad(
                operation + " encoded as " + encoding + " in " + bytes.length + " bytes",
                at(target, operation.method(), BodyPublishers.ofByteArray(bytes))
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", encoding)
                        .build(),
                true))));
    }

    private void fields(Operation operation, JsonTree tree, List<String> path, JsonTree schema, List<Bad> all) {
        JsonTree described = description.resolved(schema);
        List<String> required = ApiDescription.elements(ApiDescription.at(described, "required")).stream()
                .map(name -> ((JsonTree.Text) name).text())
                .toList();
        ApiDescription.members(ApiDescription.at(described, "properties")).forEach((name, property) -> {
            List<String> here = new ArrayList<>(path);
            here.add(name);
            JsonTree type = description.resolved(property);
            if (required.contains(name)) {
                edited(operation, tree, here, JsonEdit.LEFT_OUT, true, all);
            }
            String kind = ApiDescription.text(type, "type");
            WRONG_TYPES.getOrDefault(kind, List.of()).forEach(wrong -> edited(operation, tree, here, wrong, true, all));
            if (kind.equals("string")) {
                boolean bound = !ApiDescription.text(type, "pattern").isEmpty();
                for (String text : List.of("", "\\u0000", "\\ud800", "\\n", "\\u202e", "x".repeat(LONG), "zz")) {
                    edited(operation, tree, here, '"' + text + '"', bound, all);
                }
            }
            if (kind.equals("integer")) {
                boolean fixed = !(ApiDescription.at(type, "const") instanceof JsonTree.Null);
                for (String number : List.of("-1", "0", "2147483648", "9223372036854775807", "-9223372036854775808")) {
                    edited(operation, tree, here, number, fixed, all);
                }
            }
            fields(operation, tree, here, type, all);
        });
    }

    private void edited(
            Operation operation, JsonTree tree, List<String> path, String replacement, boolean refused, List<Bad> all) {
        byte[] bytes = JsonEdit.with(tree, path, replacement).getBytes(StandardCharsets.UTF_8);
        String what = String.join(".", path) + (replacement.isEmpty() ? " left out" : " = " + brief(replacement));
        body(operation, what, bytes, refused, all);
    }

    private void body(Operation operation, String what, byte[] bytes, boolean refused, List<Bad> all) {
        all.add(new Bad(
                operation + " with " + what,
                at(target(operation), operation.method(), BodyPublishers.ofByteArray(bytes))
                        .header("Content-Type", "application/json")
                        .build(),
                refused));
    }

    private byte[] whole(Operation operation) {
        return site.bodies().getOrDefault(operation.path(), new byte[0]);
    }

    private HttpRequest.Builder at(String target, String method, HttpRequest.BodyPublisher body) {
        return HttpRequest.newBuilder(uri(target))
                .header("Authorization", "Bearer " + site.token().get())
                .method(method, body);
    }

    /** The right request to a target. */
    private HttpRequest.Builder right(Operation operation, String target) {
        return bare(target, operation)
                .header("Authorization", "Bearer " + site.token().get());
    }

    private HttpRequest.Builder bare(String target, Operation operation) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(target));
        return operation.body().isPresent()
                ? request.header("Content-Type", "application/json")
                        .method(operation.method(), BodyPublishers.ofByteArray(whole(operation)))
                : request.method(operation.method(), BodyPublishers.noBody());
    }

    private URI uri(String target) {
        return URI.create(site.address().toString() + target.substring(1));
    }

    /** Where the right request goes: with the parameters that are required. */
    private String target(Operation operation) {
        String query = operation.parameters().stream()
                .filter(parameter ->
                        parameter.in().equals("query") && site.places().containsKey(parameter.name()))
                .filter(parameter -> operation.path().equals("/v1/events"))
                .map(parameter -> parameter.name() + "=" + site.places().get(parameter.name()))
                .collect(Collectors.joining("&"));
        return target(operation.path(), site.places()) + (query.isEmpty() ? "" : "?" + query);
    }

    private static String target(String path, Map<String, String> places) {
        String target = path;
        for (Map.Entry<String, String> place : places.entrySet()) {
            target = target.replace("{" + place.getKey() + "}", place.getValue());
        }
        return target;
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] flipped(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 0x55;
        return flipped;
    }

    private static byte[] twice(byte[] bytes) {
        byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
        System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
        return twice;
    }

    private static String brief(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "… (" + text.length() + ")";
    }
}
