package io.holdfast.cli.serve;

import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.config.Home;
import io.holdfast.server.config.Secret;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.PostgresDatabase;
import io.holdfast.server.storage.sql.SqliteDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the database that a server, or a command beside it, works on. Stateless. */
public final class ServerDatabase {

    private static final String FILE = "server.db";
    private static final String ARCHIVE = "archive";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final String SQLITE = "jdbc:sqlite:";

    private ServerDatabase() {}

    /**
     * Opens it; the embedded one is made if it is not there.
     *
     * @throws HoldfastException USAGE, DATABASE_UNREACHABLE, STORE_NOT_A_STORE, STORE_DAMAGED, STORE_FULL, SCHEMA_MISMATCH
     */
    public static Database open(Home home, Host host) {
        return embedded(home)
                .<Database>map(SqliteDatabase::open)
                .orElseGet(() -> PostgresDatabase.open(address(home.database().orElseThrow(), host)));
    }

    /**
     * Opens the database of a command that was not told of a configuration; makes the embedded one if it is not there.
     *
     * @throws HoldfastException as {@link #open(Home, Host)}, and USAGE if neither or both places are named
     */
    public static Database openOrMake(DatabaseOption option, Host host) {
        return open(place(option, Home.defaults(), true), host);
    }

    /**
     * As {@link #openOrMake}, but makes nothing.
     *
     * @throws HoldfastException also USAGE, if there is no embedded database
     */
    public static Database openThere(DatabaseOption option, Host host) {
        Home home = place(option, Home.defaults(), true);
        if (home.database().isEmpty() && !Files.exists(file(home.data()))) {
            throw new HoldfastException(
                    ErrorCode.USAGE, "There is no server's database in " + home.data() + "; check the folder.");
        }
        embedded(home).filter(file -> !Files.exists(file)).ifPresent(file -> {
            throw new HoldfastException(ErrorCode.USAGE, "There is no file " + file + "; check the path.");
        });
        return open(home, host);
    }

    /** The home with the place that the options name. */
    static Home place(DatabaseOption option, Home home, boolean required) {
        Path data = option.data();
        String database = option.database();
        if (data != null && database != null) {
            throw new HoldfastException(ErrorCode.USAGE, "Give either --data or --database, not both.");
        }
        if (required && data == null && database == null) {
            throw new HoldfastException(
                    ErrorCode.USAGE, "Say where the server's data are: --data DIR or --database URL.");
        }
        Home placed = data == null ? home : home.withData(data);
        return database == null ? placed : placed.withDatabase(new Secret(database));
    }

    /** Where the data are, without anything secret. */
    static String described(Home home) {
        return embedded(home).map(file -> "the embedded database in " + file).orElse("PostgreSQL");
    }

    /** The file of an embedded database; absent if it is one of PostgreSQL. */
    private static Optional<Path> embedded(Home home) {
        String url = home.database().map(Secret::reveal).orElse("");
        if (url.startsWith(SQLITE) && url.length() > SQLITE.length() && url.indexOf('?') < 0) {
            return Optional.of(Path.of(url.substring(SQLITE.length())));
        }
        return home.database().isPresent() ? Optional.empty() : Optional.of(file(home.data()));
    }

    /** Where a server whose data are there keeps its archive, unless it is told otherwise. */
    public static Path archive(DatabaseOption option) {
        return archive(place(option, Home.defaults(), true));
    }

    static Path archive(Home home) {
        return home.data().resolve(ARCHIVE);
    }

    /** The embedded database in a folder. */
    public static Path file(Path data) {
        return data.resolve(FILE);
    }

    private static String address(Secret database, Host host) {
        String url = database.reveal();
        if (!url.startsWith(POSTGRESQL)) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "The database's address is " + POSTGRESQL + "//HOST:PORT/NAME?user=USER, or " + SQLITE
                            + "FILE; write it so.");
        }
        boolean complete = url.contains("?password=") || url.contains("&password=");
        return host.variable(DatabaseOption.PASSWORD_VARIABLE)
                .filter(password -> !complete)
                .map(password -> url + (url.contains("?") ? "&" : "?") + "password="
                        + URLEncoder.encode(password, StandardCharsets.UTF_8))
                .orElse(url);
    }
}
