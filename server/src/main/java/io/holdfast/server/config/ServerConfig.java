package io.holdfast.server.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How a server is set up; prints without secrets.
 *
 * @param metricsOpen whether {@code /metrics} answers without a token; if absent, on the loopback only
 * @param heartbeat pause after which an idle event stream shows that it lives
 * @param shutdownGrace how long running requests may take to finish when the server stops
 * @param scrub how much the server looks at its own rows
 */
public record ServerConfig(
        Listen listen,
        Home home,
        Quotas quotas,
        Optional<Boolean> metricsOpen,
        Duration heartbeat,
        Duration shutdownGrace,
        ScrubPace scrub) {

    private static final Duration PERIOD_MAX = Duration.ofMinutes(10);

    /** Works at once, for this machine only. */
    public static ServerConfig defaults() {
        return new ServerConfig(
                Listen.defaults(),
                Home.defaults(),
                Quotas.defaults(),
                Optional.empty(),
                Duration.ofSeconds(15),
                Duration.ofSeconds(20),
                ScrubPace.defaults());
    }

    /** Checks the periods. */
    public ServerConfig {
        requirePeriod("heartbeat", heartbeat);
        requirePeriod("shutdownGrace", shutdownGrace);
    }

    /** Whether {@code /metrics} answers without a token. */
    public boolean metricsAreOpen() {
        return metricsOpen.orElse(listen.loopback());
    }

    private static void requirePeriod(String name, Duration period) {
        if (period.compareTo(Duration.ofMillis(1)) < 0 || period.compareTo(PERIOD_MAX) > 0) {
            throw new IllegalArgumentException(name + " is 1 ms to " + PERIOD_MAX.toMinutes() + " minutes");
        }
    }

    /** The same listening elsewhere. */
    public ServerConfig withListen(Listen elsewhere) {
        return new ServerConfig(elsewhere, home, quotas, metricsOpen, heartbeat, shutdownGrace, scrub);
    }

    /** The same serving something else. */
    public ServerConfig withHome(Home another) {
        return new ServerConfig(listen, another, quotas, metricsOpen, heartbeat, shutdownGrace, scrub);
    }

    /** The same with other quotas. */
    public ServerConfig withQuotas(Quotas others) {
        return new ServerConfig(listen, home, others, metricsOpen, heartbeat, shutdownGrace, scrub);
    }

    /** The same with open or closed metrics. */
    public ServerConfig withMetricsOpen(boolean open) {
        return new ServerConfig(listen, home, quotas, Optional.of(open), heartbeat, shutdownGrace, scrub);
    }

    /** The same with another pause between signs of life. */
    public ServerConfig withHeartbeat(Duration pause) {
        return new ServerConfig(listen, home, quotas, metricsOpen, pause, shutdownGrace, scrub);
    }

    /** The same with another time to finish. */
    public ServerConfig withShutdownGrace(Duration limit) {
        return new ServerConfig(listen, home, quotas, metricsOpen, heartbeat, limit, scrub);
    }

    /** The same looking at its own rows more, or less. */
    public ServerConfig withScrub(ScrubPace pace) {
        return new ServerConfig(listen, home, quotas, metricsOpen, heartbeat, shutdownGrace, pace);
    }
}
