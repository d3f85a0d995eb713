package io.holdfast.earnings;

import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.earnings.clock.Anchor;
import io.holdfast.earnings.clock.ClockReading;
import io.holdfast.earnings.http.EarningsApplication;
import io.holdfast.earnings.operations.InMemoryOperationLog;
import io.holdfast.earnings.operations.OperationLog;
import io.holdfast.earnings.record.AnchorJson;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.server.auth.InMemoryTokenStorage;
import io.holdfast.server.auth.Token;
import io.holdfast.server.auth.TokenMint;
import io.holdfast.server.config.Listen;
import io.holdfast.server.config.Quotas;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.http.Foundation;
import io.holdfast.server.http.HoldfastServer;
import io.holdfast.server.system.Machine;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A real server over the records of a simulated world, and a client for people. */
final class EarningsOffice implements AutoCloseable {

    /** An id that a spreadsheet would take for a formula. */
    static final String FORMULA = "=HYPERLINK(\"http://evil.example\")";

    final EarningsWorld world;
    final InMemoryTokenStorage tokens = new InMemoryTokenStorage();
    final HttpClient client = HttpClient.newHttpClient();
    final HoldfastServer server;
    private final TokenMint mint;
    private final AtomicLong later = new AtomicLong();

    EarningsOffice(EarningsWorld world) {
        this(world, world.storage, new InMemoryOperationLog(1_000));
    }

    EarningsOffice(EarningsWorld world, ServerStorage storage, OperationLog log) {
        this.world = world;
        Machine real = Machine.real();
        Machine machine = new Machine(real.clock(), () -> real.ticker().read() + later.get(), real.random());
        mint = new TokenMint(tokens, machine.clock(), machine.random());
        Quotas quotas = Quotas.defaults().withRequestsPerMinute(1_000_000).withFailuresPerMinute(1_000_000);
        server = HoldfastServer.of(
                ServerConfig.defaults()
                        .withListen(Listen.defaults().withPort(0))
                        .withQuotas(quotas),
                new Foundation(storage, tokens, List.of(), WriteRules.OPEN, machine)
                        .hosting(new EarningsApplication(world.policy, log)));
        server.start();
    }

    /** Three users: each has one discrepancy, and one review that waits for a person. */
    static EarningsOffice withThreeUsers(EarningsWorld world) {
        for (String user : List.of("ann", "bob", "cid")) {
            TestPhone phone = world.phone("phone", user);
            phone.network = TestPhone.Network.UP;
            phone.earnings.initialize(EarningsWorld.RATE.number());
            world.run(Duration.ofSeconds(5));
            greedy(world, phone, user, user.equals("bob") ? FORMULA : "s-" + user);
            world.run(Duration.ofSeconds(5));
        }
        return new EarningsOffice(world);
    }

    /** Claims an hour, and far more than it is worth. */
    private static void greedy(EarningsWorld world, TestPhone phone, String user, String session) {
        Instant now = world.time.instant();
        BigDecimal greed = new BigDecimal("1000.00000000");
        phone.earnings
                .store()
                .collection(MiningSession.class)
                .put(new MiningSession(
                        session,
                        user,
                        "phone",
                        now.minusSeconds(3_600),
                        now,
                        Optional.empty(),
                        MiningSession.SERVER,
                        greed,
                        greed,
                        1,
                        AnchorJson.write(Anchor.first(new ClockReading(0, "boot", 0, true)))));
    }

    String token(Role role, String scope) {
        return mint.issue(new TokenMint.Grant("olga", role, Token.scope(scope), Optional.empty()))
                .text()
                .reveal();
    }

    /** The server looks anew at how it is. */
    void awaitFreshHealth() {
        later.addAndGet(Duration.ofSeconds(2).toNanos());
    }

    URI uri(String path) {
        return URI.create(server.address().toString() + path.substring(1));
    }

    HttpResponse<String> get(String path, String token) {
        return send(request(path, token).build());
    }

    HttpResponse<String> post(String path, String token, String body) {
        return send(request(path, token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
        world.close();
    }
}
