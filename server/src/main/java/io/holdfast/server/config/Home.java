package io.holdfast.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the server serves, and where it keeps it.
 *
 * @param data folder of the embedded database and of all else that is local
 * @param database JDBC address of a PostgreSQL database instead of the embedded one; may hold a password
 * @param schemas files of the schemas served
 * @param rules file of the rules on who may write what; absent for none beyond the schema
 */
public record Home(Path data, Optional<Secret> database, List<Path> schemas, Optional<Path> rules) {

    /** The embedded database in a folder of the working directory, no schema yet. */
    public static Home defaults() {
        return new Home(Path.of("holdfast-data"), Optional.empty(), List.of(), Optional.empty());
    }

    /** Copies. */
    public Home {
        schemas = List.copyOf(schemas);
    }

    /** The same in another folder. */
    public Home withData(Path folder) {
        return new Home(folder, database, schemas, rules);
    }

    /** The same on a PostgreSQL database. */
    public Home withDatabase(Secret jdbcUrl) {
        return new Home(data, Optional.of(jdbcUrl), schemas, rules);
    }

    /** The same with other schemas. */
    public Home withSchemas(List<Path> files) {
        return new Home(data, database, files, rules);
    }

    /** The same under rules. */
    public Home withRules(Path file) {
        return new Home(data, database, schemas, Optional.of(file));
    }
}
