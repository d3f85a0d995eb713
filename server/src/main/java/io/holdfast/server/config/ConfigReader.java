package io.holdfast.server.config;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a server's configuration from a JSON file, and over it from environment variables. A setting {@code
 * quotas.requestsPerMinute} stands in the file under {@code {"quotas": {"requestsPerMinute": 600}}} and in the environment
 * as {@code HOLDFAST_QUOTAS_REQUESTS_PER_MINUTE}. Unknown settings and wrong values are all reported together. Stateless.
 */
public final class ConfigReader {

    private static final String PREFIX = "HOLDFAST_";
    private static final long FILE_BYTES_MAX = 1 << 20;

    /** Settings of several values; in the environment they are joined as paths and names usually are. */
    private static final Map<String, String> SEPARATORS =
            Map.of("names", ",", "apps", ",", "schemas", File.pathSeparator);

    private ConfigReader() {}

    /**
     * The configuration with what a file says. Relative paths in it start at the file's folder.
     *
     * @throws HoldfastException USAGE, with all that is wrong
     */
    public static ServerConfig readFile(Path file, ServerConfig base) {
        Map<String, List<String>> settings = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        Map<String, JsonTree.Members> apps = new TreeMap<>();
        flatten("", withoutApps(parse(file), apps, problems), settings, problems);
        Path folder = file.toAbsolutePath().getParent();
        ServerConfig config = apply(base, settings, folder == null ? file : folder, problems, file.toString());
        Home home = config.home();
        for (Map.Entry<String, JsonTree.Members> app : apps.entrySet()) {
            home = home.withApp(app.getKey(), app.getValue());
        }
        return config.withHome(home);
    }

    /** Settings of applications, under {@code {"apps": {"earnings": {...}}}}, are not read here. A list of names is a setting as others. */
    private static JsonTree withoutApps(JsonTree tree, Map<String, JsonTree.Members> apps, List<String> problems) {
        if (!(tree instanceof JsonTree.Members object)
                || !(object.members().get("apps") instanceof JsonTree.Members named)) {
            return tree;
        }
        named.members().forEach((name, settings) -> {
            if (settings instanceof JsonTree.Members known) {
                apps.put(name, known);
            } else {
                problems.add("apps." + name + ": expected an object, found " + settings.kind());
            }
        });
        Map<String, JsonTree> rest = new LinkedHashMap<>(object.members());
        rest.remove("apps");
        return new JsonTree.Members(rest);
    }

    /**
     * The configuration with what the environment says; variables of other names are none of ours, except those that begin
     * with {@code HOLDFAST_} and are listed as foreign.
     *
     * @param foreign variables that others read
     * @throws HoldfastException USAGE, with all that is wrong
     */
    public static ServerConfig readEnvironment(
            Map<String, String> environment, Set<String> foreign, ServerConfig base) {
        Map<String, String> known = new TreeMap<>();
        Settings.ALL.keySet().forEach(name -> known.put(variable(name), name));
        TlsSettings.ALL.forEach(name -> known.put(variable(name), name));
        Map<String, List<String>> settings = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        environment.forEach((variable, value) -> {
            String name = known.get(variable);
            if (name != null) {
                String separator = SEPARATORS.get(name);
                settings.put(name, separator == null ? List.of(value) : List.of(value.split(separator)));
            } else if (variable.startsWith(PREFIX) && !foreign.contains(variable)) {
                problems.add(variable + ": unknown");
            }
        });
        return apply(base, settings, Path.of(""), problems, "the environment");
    }

    /** The environment variable of a setting. */
    static String variable(String name) {
        return PREFIX
                + name.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    private static JsonTree parse(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw refused(file.toString(), "it has more than " + FILE_BYTES_MAX + " bytes");
            }
            return JsonText.read(Files.readAllBytes(file));
        } catch (JsonRefusedException malformed) {
            throw refused(file.toString(), malformed.detail());
        } catch (IOException unreadable) {
            throw refused(file.toString(), "it cannot be read");
        }
    }

    private static void flatten(String name, JsonTree tree, Map<String, List<String>> settings, List<String> problems) {
        switch (tree) {
            case JsonTree.Members object ->
                object.members()
                        .forEach((key, value) ->
                                flatten(name.isEmpty() ? key : name + '.' + key, value, settings, problems));
            case JsonTree.Elements array -> settings.put(name, texts(name, array, problems));
            case JsonTree.Text text -> settings.put(name, List.of(text.text()));
            case JsonTree.Numeral number -> settings.put(name, List.of(number.literal()));
            case JsonTree.Bool bool -> settings.put(name, List.of(Boolean.toString(bool.flag())));
            case JsonTree.Null ignored -> problems.add(name + ": null means nothing here; leave it out");
        }
    }

    private static List<String> texts(String name, JsonTree.Elements array, List<String> problems) {
        List<String> texts = new ArrayList<>();
        for (JsonTree element : array.elements()) {
            if (element instanceof JsonTree.Text text) {
                texts.add(text.text());
            } else {
                problems.add(name + ": expected only strings, found " + element.kind());
            }
        }
        return texts;
    }

    private static ServerConfig apply(
            ServerConfig base, Map<String, List<String>> settings, Path folder, List<String> problems, String source) {
        ServerConfig config = base;
        Map<String, Settings.Values> tls = new TreeMap<>();
        for (Map.Entry<String, List<String>> entry : settings.entrySet()) {
            Settings.Setting setting = Settings.ALL.get(entry.getKey());
            Settings.Values values = new Settings.Values(entry.getValue(), folder);
            if (TlsSettings.ALL.contains(entry.getKey())) {
                tls.put(entry.getKey(), values);
            } else if (setting == null) {
                problems.add(entry.getKey() + ": unknown");
            } else {
                config = applyOne(config, setting, entry.getKey(), values, problems);
            }
        }
        config = applyOne(
                config,
                (before, ignored) -> withTls(before, tls),
                "tls",
                new Settings.Values(List.of(), folder),
                problems);
        if (!problems.isEmpty()) {
            throw refused(source, String.join("; ", problems));
        }
        return config;
    }

    private static ServerConfig withTls(ServerConfig config, Map<String, Settings.Values> tls) {
        return TlsSettings.of(tls)
                .map(named -> config.withListen(config.listen().withTls(named)))
                .orElse(config);
    }

    private static ServerConfig applyOne(
            ServerConfig config, Settings.Setting setting, String name, Settings.Values values, List<String> problems) {
        try {
            return setting.apply(config, values);
        } catch (IllegalArgumentException wrong) {
            problems.add(name + ": " + wrong.getMessage());
            return config;
        }
    }

    private static HoldfastException refused(String source, String what) {
        return new HoldfastException(
                ErrorCode.USAGE, "The configuration in " + source + " is refused: " + what + "; correct it.");
    }
}
