package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ScopeView;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.server.config.Listen;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class ShutdownTest {

    /** Lets appends wait before they begin, and remembers the order of the last append and the close. */
    private static final class GatedStorage implements ServerStorage {
        private final InMemoryServerStorage storage = new InMemoryServerStorage();
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch gate = new CountDownLatch(1);
        private volatile boolean gated;
        private volatile boolean closed;

        @Override
        public <T> T append(String scope, ScopeView.Touch touch, Function<ScopeView, ScopeUpdate<T>> decide) {
            if (gated) {
                arrived.countDown();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
            requireOpen();
            return storage.append(scope, touch, decide);
        }

        private void requireOpen() {
            if (closed) {
                throw new HoldfastException(ErrorCode.UNAVAILABLE, "The storage is closed.");
            }
        }

        @Override
        public <T> T mend(String scope, Function<ScopeSnapshot, ScopeUpdate<T>> decide) {
            requireOpen();
            return storage.mend(scope, decide);
        }

        @Override
        public <T> T snapshot(String scope, Function<ScopeSnapshot, T> body) {
            requireOpen();
            return storage.snapshot(scope, body);
        }

        @Override
        public List<String> scopes(String after, int limit) {
            return storage.scopes(after, limit);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void finishesRunningExchangesBeforeItClosesTheStorage() {
        GatedStorage storage = new GatedStorage();
        try (TestServer server = TestServer.start(TestServer.config(), storage)) {
            String token = server.token(Role.DEVICE, TestServer.SCOPE);
            TestDevice phone = new TestDevice("phone");
            server.exchange(phone, token);
            storage.gated = true;
            byte[] request = phone.put("r1", "mint").exchange();
            CompletableFuture<HttpResponse<String>> running =
                    CompletableFuture.supplyAsync(() -> server.post("/v1/exchange", token, request, same -> same));
            await().until(() -> storage.arrived.getCount() == 0);
            CompletableFuture<Void> stop = CompletableFuture.runAsync(server.server::close);
            await().untilAsserted(() ->
                    assertThatThrownBy(() -> server.get("/health/ready")).isInstanceOf(AssertionError.class));
            assertThat(stop).isNotDone();
            assertThat(storage.closed).isFalse();
            storage.gate.countDown();
            assertThat(phone.applied(running.join().body()).records()).isEqualTo(1);
            stop.join();
            assertThat(storage.closed).isTrue();
        }
    }

    @Test
    void stopsInTimeHoweverLongAnExchangeTakes() {
        GatedStorage storage = new GatedStorage();
        try (TestServer server =
                TestServer.start(TestServer.config().withShutdownGrace(Duration.ofMillis(50)), storage)) {
            String token = server.token(Role.DEVICE, TestServer.SCOPE);
            storage.gated = true;
            CompletableFuture<HttpResponse<String>> running = CompletableFuture.supplyAsync(
                    () -> server.post("/v1/replicas", token, new TestDevice("phone").register(), same -> same));
            await().until(() -> storage.arrived.getCount() == 0);
            server.server.close();
            assertThat(storage.closed).isTrue();
            storage.gate.countDown();
            assertThat(running).failsWithin(Duration.ofSeconds(10));
        }
    }

    @Test
    void saysThatThePortIsTaken() {
        try (TestServer server = TestServer.start()) {
            Listen same = Listen.defaults().withPort(server.server.port());
            assertThatThrownBy(() -> TestServer.start(TestServer.config().withListen(same)))
                    .isInstanceOfSatisfying(
                            HoldfastException.class,
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.PORT_IN_USE))
                    .hasMessageContaining(Integer.toString(server.server.port()));
        }
    }

    @Test
    void saysThatTheHostIsNotThisMachine() {
        Listen elsewhere = Listen.defaults().withPort(0).withHost("192.0.2.1");
        assertThatThrownBy(() -> TestServer.start(TestServer.config().withListen(elsewhere)))
                .isInstanceOfSatisfying(
                        HoldfastException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.USAGE));
    }
}
