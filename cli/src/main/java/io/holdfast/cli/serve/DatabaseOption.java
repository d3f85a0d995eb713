package io.holdfast.cli.serve;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a server keeps its data; shared by the commands that work on it, whether the server runs or not. */
public final class DatabaseOption {

    /** The variable that holds the database's password, if the address does not. */
    public static final String PASSWORD_VARIABLE = "HOLDFAST_DATABASE_PASSWORD";

    @Option(names = "--data", paramLabel = "DIR", description = "The folder of the embedded database.")
    private @Nullable Path data;

    @Option(
            names = "--database",
            paramLabel = "JDBC-URL",
            description =
                    "A PostgreSQL database instead: jdbc:postgresql://HOST:PORT/NAME?user=USER. The password stands in"
                            + " the address, or in the environment's HOLDFAST_DATABASE_PASSWORD. Or SQLite in a file of its"
                            + " own: jdbc:sqlite:FILE.")
    private @Nullable String database;

    /** The folder, if one was given. */
    public @Nullable Path data() {
        return data;
    }

    /** The address, if one was given; may hold a password. */
    public @Nullable String database() {
        return database;
    }
}
