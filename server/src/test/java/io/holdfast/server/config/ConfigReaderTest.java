package io.holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonText;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {

    @TempDir
    Path folder;

    private ServerConfig read(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("server.json"), json);
        return ConfigReader.readFile(file, ServerConfig.defaults());
    }

    private static ServerConfig environment(Map<String, String> variables) {
        return ConfigReader.readEnvironment(variables, Set.of("HOLDFAST_TOKEN"), ServerConfig.defaults());
    }

    @Test
    void readsEverySetting() throws IOException {
        ServerConfig config = read("""
                {"host": "0.0.0.0", "port": 443, "names": ["sync.example"], "data": "data", "database": "jdbc:x",
                 "schemas": ["a.json", "/b.json"], "rules": "rules.json", "metricsOpen": true, "heartbeatSeconds": 5,
                 "shutdownGraceSeconds": 7, "tls": {"pkcs12": "server.p12", "password": "hush"},
                 "quotas": {"requestsPerMinute": 1, "failuresPerMinute": 2, "concurrentMax": 3, "connectionsMax": 4,
                            "eventStreamsMax": 5, "bodyMemoryMegabytes": 64}}""");
        assertThat(config.listen().host()).isEqualTo("0.0.0.0");
        assertThat(config.listen().port()).isEqualTo(443);
        assertThat(config.listen().names()).containsExactly("sync.example");
        assertThat(config.listen().tls()).contains(new Tls.Pkcs12(folder.resolve("server.p12"), new Secret("hush")));
        assertThat(config.home())
                .isEqualTo(new Home(
                        folder.resolve("data"),
                        Optional.of(new Secret("jdbc:x")),
                        java.util.List.of(folder.resolve("a.json"), Path.of("/b.json")),
                        Optional.of(folder.resolve("rules.json")),
                        new TreeMap<>()));
        assertThat(config.quotas()).isEqualTo(new Quotas(1, 2, 3, 4, 5, 64L << 20));
        assertThat(config.metricsAreOpen()).isTrue();
        assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.shutdownGrace()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void hasEverySettingInTheEnvironmentToo() {
        ServerConfig config = environment(Map.of(
                "HOLDFAST_PORT", "1",
                "HOLDFAST_NAMES", "a,b",
                "HOLDFAST_SCHEMAS", "x.json" + File.pathSeparator + "y.json",
                "HOLDFAST_QUOTAS_REQUESTS_PER_MINUTE", "9",
                "HOLDFAST_TLS_CERTIFICATE", "c.pem",
                "HOLDFAST_TLS_KEY", "k.pem",
                "HOLDFAST_TOKEN", "hf_of_someone_else",
                "PATH", "/bin"));
        assertThat(config.listen().port()).isEqualTo(1);
        assertThat(config.listen().names()).containsExactly("a", "b");
        assertThat(config.home().schemas()).containsExactly(Path.of("x.json"), Path.of("y.json"));
        assertThat(config.quotas().requestsPerMinute()).isEqualTo(9);
        assertThat(config.listen().tls()).contains(new Tls.Pem(Path.of("c.pem"), Path.of("k.pem")));
    }

    @Test
    void leavesTheSettingsOfAnApplicationToIt() throws IOException {
        ServerConfig config = read("{\"apps\": {\"earnings\": {\"rate\": \"0.5\", \"null\": null}}, \"port\": 7}");
        assertThat(config.listen().port()).isEqualTo(7);
        assertThat(config.home().apps().get("earnings"))
                .isEqualTo(JsonText.read("{\"rate\": \"0.5\", \"null\": null}"));
        assertThat(read("{\"apps\": [\"earnings\"]}").home().apps()).containsOnlyKeys("earnings");
        assertThat(environment(Map.of("HOLDFAST_APPS", "earnings,ledger"))
                        .home()
                        .apps())
                .containsOnlyKeys("earnings", "ledger");
        assertThat(config.home().withApp("earnings")).isEqualTo(config.home());
        assertRefused("{\"apps\": {\"earnings\": 1}}").hasMessageContaining("apps.earnings: expected an object");
    }

    @Test
    void reportsAllThatIsWrongAtOnce() {
        assertRefused(
                        "{\"port\": 99999, \"metricsOpen\": 1, \"prot\": 1, \"names\": [1], \"quotas\": {\"concurrentMax\": 0},"
                                + "\"tls\": {\"key\": \"k\"}, \"heartbeatSeconds\": \"soon\", \"rules\": null}")
                .hasMessageContainingAll(
                        "port:",
                        "metricsOpen:",
                        "prot: unknown",
                        "names:",
                        "quotas.concurrentMax:",
                        "tls:",
                        "heartbeatSeconds:",
                        "rules:");
        assertThatThrownBy(() -> environment(Map.of("HOLDFAST_PROT", "1", "HOLDFAST_PORT", "x")))
                .hasMessageContainingAll("HOLDFAST_PROT: unknown", "port: expected a whole number");
    }

    @Test
    void refusesWhatIsNoConfiguration() {
        assertRefused("").hasMessageContaining("server.json");
        assertRefused("[]");
        assertRefused("{\"port\": 1, \"port\": 2}");
        assertThatThrownBy(() -> ConfigReader.readFile(folder.resolve("none.json"), ServerConfig.defaults()))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void printsNoSecrets() throws IOException {
        ServerConfig config = read(
                "{\"database\": \"jdbc:postgresql://h/d?password=hush\", \"tls\": {\"pkcs12\": \"f\", \"password\": \"hush\"}}");
        assertThat(config.toString()).doesNotContain("hush").contains("(hidden)");
    }

    @Test
    void opensMetricsOnTheLoopbackOnly() {
        Listen everywhere = Listen.defaults().withHost("0.0.0.0");
        assertThat(ServerConfig.defaults().metricsAreOpen()).isTrue();
        assertThat(ServerConfig.defaults().withListen(everywhere).metricsAreOpen())
                .isFalse();
        assertThat(ServerConfig.defaults()
                        .withListen(everywhere)
                        .withMetricsOpen(true)
                        .metricsAreOpen())
                .isTrue();
    }

    private org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String json) {
        return assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        HoldfastException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.USAGE));
    }
}
