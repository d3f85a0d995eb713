package io.holdfast.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** Every setting by its name, and what it changes. Names of parts are joined by dots. Stateless. */
final class Settings {

    /** Changes a configuration. */
    interface Setting {
        /**
         * The configuration with the setting.
         *
         * @throws IllegalArgumentException whose message says what is wrong with the value
         */
        ServerConfig apply(ServerConfig config, Values values);
    }

    /**
     * The value or values of one setting as they were written.
     *
     * @param folder relative paths start here
     */
    record Values(List<String> texts, Path folder) {

        String text() {
            if (texts.size() != 1) {
                throw new IllegalArgumentException("expected one value");
            }
            return texts.getFirst();
        }

        int number() {
            try {
                return Integer.parseInt(text());
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException("expected a whole number", notANumber);
            }
        }

        boolean flag() {
            return switch (text()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("expected true or false");
            };
        }

        Path path() {
            return folder.resolve(text());
        }
    }

    static final Map<String, Setting> ALL = all();

    private Settings() {}

    private static Map<String, Setting> all() {
        Map<String, Setting> all = new TreeMap<>();
        all.put("host", listen((listen, values) -> listen.withHost(values.text())));
        all.put("port", listen((listen, values) -> listen.withPort(values.number())));
        all.put("names", listen((listen, values) -> listen.withNames(new TreeSet<>(values.texts()))));
        all.put("data", home((home, values) -> home.withData(values.path())));
        all.put("database", home((home, values) -> home.withDatabase(new Secret(values.text()))));
        all.put(
                "schemas",
                home((home, values) -> home.withSchemas(
                        values.texts().stream().map(values.folder()::resolve).toList())));
        all.put("apps", home(Settings::apps));
        all.put("rules", home((home, values) -> home.withRules(values.path())));
        all.put("metricsOpen", (config, values) -> config.withMetricsOpen(values.flag()));
        all.put("heartbeatSeconds", (config, values) -> config.withHeartbeat(Duration.ofSeconds(values.number())));
        all.put(
                "shutdownGraceSeconds",
                (config, values) -> config.withShutdownGrace(Duration.ofSeconds(values.number())));
        all.put("scrub.percent", scrub((scrub, values) -> scrub.withPercent(values.number())));
        all.put("scrub.hours", scrub((scrub, values) -> scrub.withEvery(Duration.ofHours(values.number()))));
        quotas(all);
        return all;
    }

    private static Home apps(Home home, Values values) {
        Home more = home;
        for (String name : values.texts()) {
            more = more.withApp(name);
        }
        return more;
    }

    private static void quotas(Map<String, Setting> all) {
        all.put("quotas.requestsPerMinute", quota(Quotas::withRequestsPerMinute));
        all.put("quotas.failuresPerMinute", quota(Quotas::withFailuresPerMinute));
        all.put("quotas.concurrentMax", quota(Quotas::withConcurrentMax));
        all.put("quotas.connectionsMax", quota(Quotas::withConnectionsMax));
        all.put("quotas.eventStreamsMax", quota(Quotas::withEventStreamsMax));
        all.put("quotas.bodyMemoryMegabytes", quota((quotas, mega) -> quotas.withBodyMemoryBytes((long) mega << 20)));
    }

    private static Setting listen(BiFunction<Listen, Values, Listen> change) {
        return (config, values) -> config.withListen(change.apply(config.listen(), values));
    }

    private static Setting home(BiFunction<Home, Values, Home> change) {
        return (config, values) -> config.withHome(change.apply(config.home(), values));
    }

    private static Setting scrub(BiFunction<ScrubPace, Values, ScrubPace> change) {
        return (config, values) -> config.withScrub(change.apply(config.scrub(), values));
    }

    private static Setting quota(BiFunction<Quotas, Integer, Quotas> change) {
        return (config, values) -> config.withQuotas(change.apply(config.quotas(), values.number()));
    }
}
