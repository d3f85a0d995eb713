package io.holdfast.server.http.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.config.Listen;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class HostGuardTest {

    private final HostGuard guard = new HostGuard(
            Listen.defaults().withHost("0.0.0.0").withNames(new TreeSet<>(List.of("Sync.Example", "fd00::5"))));

    private void passes(String host, String origin, String localAddress) {
        assertThatCode(() -> guard.check("http", host, origin, localAddress)).doesNotThrowAnyException();
    }

    private void refuses(String host, String origin, String localAddress) {
        assertThatThrownBy(() -> guard.check("http", host, origin, localAddress))
                .isInstanceOf(HoldfastException.class);
    }

    @Test
    void knowsItsNames() {
        passes("sync.example:8420", "", "10.0.0.5");
        passes("SYNC.EXAMPLE", "", "10.0.0.5");
        passes("[fd00::5]:8420", "", "10.0.0.5");
        passes("localhost", "", "127.0.0.1");
        passes("[::1]:80", "", "::1");
    }

    @Test
    void knowsTheAddressThatTheClientConnectedTo() {
        passes("10.0.0.5:8420", "", "10.0.0.5");
        passes("[fe80::1]:8420", "", "fe80::1");
        refuses("10.0.0.6:8420", "", "10.0.0.5");
    }

    @Test
    void refusesOtherNames() {
        for (String host : new String[] {
            "",
            "evil.example",
            "sync.example.evil.example",
            "evil.example:localhost",
            "localhost.",
            "[::1",
            "localhost:80:80"
        }) {
            refuses(host, "", "10.0.0.5");
        }
    }

    @Test
    void refusesOtherOrigins() {
        passes("localhost:8420", "http://localhost:8420", "127.0.0.1");
        for (String origin : new String[] {
            "null", "http://localhost", "https://localhost:8420", "http://localhost:8421", "http://evil.example"
        }) {
            refuses("localhost:8420", origin, "127.0.0.1");
        }
    }
}
