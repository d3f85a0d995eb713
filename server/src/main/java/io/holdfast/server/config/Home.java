package io.holdfast.server.config;

import io.holdfast.core.json.JsonTree;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the server serves, and where it keeps it.
 *
 * @param data folder of the embedded database and of all else that is local
 * @param database JDBC address of a PostgreSQL database instead of the embedded one; may hold a password
 * @param schemas files of the schemas served
 * @param rules file of the rules on who may write what; absent for none beyond the schema
 * @param apps applications served, by name, each with its own settings, which it reads itself
 */
public record Home(
        Path data,
        Optional<Secret> database,
        List<Path> schemas,
        Optional<Path> rules,
        SortedMap<String, JsonTree.Members> apps) {

    /** The embedded database in a folder of the working directory, no schema yet. */
    public static Home defaults() {
        return new Home(Path.of("holdfast-data"), Optional.empty(), List.of(), Optional.empty(), new TreeMap<>());
    }

    /** Copies. */
    public Home {
        schemas = List.copyOf(schemas);
        apps = Collections.unmodifiableSortedMap(new TreeMap<>(apps));
    }

    /** The same in another folder. */
    public Home withData(Path folder) {
        return new Home(folder, database, schemas, rules, apps);
    }

    /** The same on a PostgreSQL database. */
    public Home withDatabase(Secret jdbcUrl) {
        return new Home(data, Optional.of(jdbcUrl), schemas, rules, apps);
    }

    /** The same with other schemas. */
    public Home withSchemas(List<Path> files) {
        return new Home(data, database, files, rules, apps);
    }

    /** The same under rules. */
    public Home withRules(Path file) {
        return new Home(data, database, schemas, Optional.of(file), apps);
    }

    /** The same with an application; with the settings that it has already, if it has any. */
    public Home withApp(String name) {
        return withApp(name, apps.getOrDefault(name, new JsonTree.Members(Map.of())));
    }

    /** The same with an application under these settings. */
    public Home withApp(String name, JsonTree.Members settings) {
        TreeMap<String, JsonTree.Members> more = new TreeMap<>(apps);
        more.put(name, settings);
        return new Home(data, database, schemas, rules, more);
    }
}
