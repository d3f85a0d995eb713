package io.holdfast.cli.proof;

import com.github.luben.zstd.Zstd;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server like a company's gateway that finds one text too large to let it pass, whatever it travels with. */
final class PoisonedProxy implements AutoCloseable {

    private static final List<String> PASSED =
            List.of("Authorization", "Content-Type", "Content-Encoding", "Accept", "Accept-Encoding");

    private final HttpServer listening;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String server;
    private final String poison;
    private final AtomicInteger refused = new AtomicInteger();

    PoisonedProxy(String server, String poison) throws IOException {
        this.server = server;
        this.poison = poison;
        listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listening.createContext("/", this::handle);
        listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        listening.start();
    }

    String address() {
        return "http://127.0.0.1:" + listening.getAddress().getPort();
    }

    /** How many requests it did not let pass. */
    int refused() {
        return refused.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (plain(exchange, body).contains(poison)) {
            refused.incrementAndGet();
            answer(
                    exchange,
                    413,
                    "application/problem+json",
                    "{\"code\":\"BODY_TOO_LARGE\",\"detail\":\"Too large.\"}".getBytes(StandardCharsets.UTF_8));
            return;
        }
        try {
            HttpRequest.Builder onward = HttpRequest.newBuilder(URI.create(server + exchange.getRequestURI()))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            for (String name : PASSED) {
                String value = exchange.getRequestHeaders().getFirst(name);
                if (value != null) {
                    onward.header(name, value);
                }
            }
            HttpResponse<byte[]> response = http.send(onward.build(), HttpResponse.BodyHandlers.ofByteArray());
            response.headers()
                    .firstValue("Content-Encoding")
                    .ifPresent(coding -> exchange.getResponseHeaders().set("Content-Encoding", coding));
            answer(
                    exchange,
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse("application/json"),
                    response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private static String plain(HttpExchange exchange, byte[] body) {
        byte[] plain = "zstd".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                ? Zstd.decompress(body, (int) Zstd.getFrameContentSize(body))
                : body;
        return new String(plain, StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        http.shutdownNow();
        listening.stop(0);
    }
}
