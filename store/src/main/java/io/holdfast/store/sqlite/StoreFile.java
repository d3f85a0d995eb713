package io.holdfast.store.sqlite;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/**
 * A SQLite file on disk: how it is made, looked at and connected to. A new file is made under another name and then
 * renamed, so that a store is there in whole or not at all.
 */
final class StoreFile {

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 100;
    private static final int PAGE_SIZE_AT = 16;
    private static final int CHANGE_COUNTER_AT = 24;
    private static final int PAGE_COUNT_AT = 28;
    private static final int VALID_FOR_AT = 92;

    /** Older releases can corrupt a WAL, see https://www.sqlite.org/wal.html. */
    private static final List<Integer> VERSION_LEAST = List.of(3, 51, 3);

    private final Path path;
    private final SqliteOptions options;

    StoreFile(Path path, SqliteOptions options) {
        this.path = path;
        this.options = options;
    }

    boolean exists() {
        return Files.exists(path);
    }

    /** Makes the file; {@code content} defines its tables, within one transaction. */
    void create(Consumer<SqlSession> content) {
        Path unfinished = path.resolveSibling(path.getFileName() + ".new");
        try {
            DurableFiles.createAnew(unfinished);
            // In the rollback journal's mode, so that after the commit everything stands in this one file.
            try (SqlSession session = connect(unfinished)) {
                // So that the file can shrink without being written anew; must be said before there is any table.
                session.script(List.of("PRAGMA auto_vacuum = INCREMENTAL"));
                session.begin();
                content.accept(session);
                session.commit();
            }
            DurableFiles.rename(unfinished, path);
        } catch (IOException e) {
            throw new HoldfastException(
                    ErrorCode.STORE_IO,
                    "The store " + path.getFileName() + " cannot be made: its folder is missing or may not be written.",
                    e);
        }
    }

    /** Refuses what is no store or was cut short, before SQLite sees it. */
    void inspect() {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
            while (header.hasRemaining() && channel.read(header) >= 0) {
                // reads on
            }
            inspect(header.flip(), channel.size());
        } catch (IOException e) {
            throw new HoldfastException(
                    ErrorCode.STORE_IO,
                    "The store " + path.getFileName() + " cannot be read. Check its permissions.",
                    e);
        }
    }

    private void inspect(ByteBuffer header, long size) throws IOException {
        if (size == 0) {
            throw damaged("is empty: it was cut short. Restore it from a backup, or remove it to start a new one.");
        }
        byte[] magic = new byte[Math.min(MAGIC.length, header.remaining())];
        header.get(0, magic);
        if (allZero(header)) {
            throw damaged("holds nothing but zeros. Restore it from a backup, or remove it to start a new one.");
        }
        if (!Arrays.equals(magic, MAGIC)) {
            throw SqliteFailures.of(
                    ErrorCode.STORE_NOT_A_STORE,
                    path.getFileName() + " is no Holdfast store. Check the path.",
                    path.toString());
        }
        if (header.limit() < HEADER_BYTES || (!hasLog() && size < statedSize(header))) {
            throw damaged("was cut short. Restore it from a backup, or make a new one and synchronise it.");
        }
    }

    /** Whether changes stand in the write-ahead log that the file does not have yet. */
    private boolean hasLog() throws IOException {
        Path log = path.resolveSibling(path.getFileName() + "-wal");
        return Files.exists(log) && Files.size(log) > 0;
    }

    /** The size that the header states; 0 if it does not vouch for it. See https://www.sqlite.org/fileformat.html. */
    private static long statedSize(ByteBuffer header) {
        if (header.getInt(CHANGE_COUNTER_AT) != header.getInt(VALID_FOR_AT)) {
            return 0;
        }
        int pageSize = header.getShort(PAGE_SIZE_AT) & 0xffff;
        return Integer.toUnsignedLong(header.getInt(PAGE_COUNT_AT)) * (pageSize == 1 ? 1 << 16 : pageSize);
    }

    private static boolean allZero(ByteBuffer header) {
        for (int i = 0; i < header.limit(); i++) {
            if (header.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private HoldfastException damaged(String sentence) {
        return SqliteFailures.of(
                ErrorCode.STORE_DAMAGED, "The store " + path.getFileName() + " " + sentence, path.toString());
    }

    /** A connection that writes: every commit reaches the disk before it returns. */
    SqlSession writer() {
        return prepared(connect(path), session -> {
            checkVersion(session);
            session.script(List.of(
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = FULL",
                    "PRAGMA fullfsync = ON",
                    "PRAGMA checkpoint_fullfsync = ON",
                    "PRAGMA journal_size_limit = " + options.logBytesKept(),
                    "PRAGMA wal_autocheckpoint = " + options.checkpointPages()));
            if (options.pagesMax() > 0) {
                session.script(List.of("PRAGMA max_page_count = " + options.pagesMax()));
            }
        });
    }

    /** Moves the log into the file, and cuts it off, unless a reader still needs it. */
    void checkpoint() {
        try (SqlSession session = writer()) {
            session.all("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getInt(1));
        }
    }

    /** Bytes on the disk, the log's included. */
    long bytes() {
        try {
            Path log = path.resolveSibling(path.getFileName() + "-wal");
            return Files.size(path) + (Files.exists(log) ? Files.size(log) : 0);
        } catch (IOException e) {
            throw new HoldfastException(
                    ErrorCode.STORE_IO, "The store " + path.getFileName() + " cannot be measured.", e);
        }
    }

    /** A connection that cannot write. */
    SqlSession reader() {
        return prepared(connect(path), session -> session.script(List.of("PRAGMA query_only = ON")));
    }

    /** Even a setting reads the file, and may fail: then the connection must not stay open. */
    private static SqlSession prepared(SqlSession session, Consumer<SqlSession> settings) {
        try {
            settings.accept(session);
            return session;
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    private SqlSession connect(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(options.busyTimeoutMillis());
        // The driver would otherwise ask for the last rowid after every insert.
        config.setGetGeneratedKeys(false);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url(file));
        try {
            return prepared(
                    new SqlSession(withoutTransactionsOfItsOwn(source.getConnection())),
                    session -> session.script(List.of(
                            "PRAGMA cache_size = -" + options.cacheKibibytes(),
                            "PRAGMA temp_store = MEMORY",
                            "PRAGMA cell_size_check = ON",
                            "PRAGMA trusted_schema = OFF")));
        } catch (SQLException e) {
            throw SqliteFailures.of(e);
        }
    }

    /** The driver takes what follows a question mark for settings, even in a plain path: such a one is given as a URI. */
    static String url(Path file) {
        String path = file.toAbsolutePath().toString();
        return "jdbc:sqlite:"
                + (path.indexOf('?') < 0
                        ? path
                        : "file:" + path.replace("%", "%25").replace("?", "%3f").replace("#", "%23"));
    }

    /**
     * Transactions begin and end by statements here. The driver, unless told that one may be under way, tries to begin one after each
     * statement and to commit it, which fails, and costs three calls of SQLite every time.
     */
    private static Connection withoutTransactionsOfItsOwn(Connection connection) throws SQLException {
        connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
        return connection;
    }

    private static void checkVersion(SqlSession session) {
        String version = session.first("SELECT sqlite_version()", row -> row.getString(1))
                .orElseThrow();
        List<Integer> parts =
                Arrays.stream(version.split("\\.")).map(Integer::valueOf).toList();
        int order = Arrays.compare(parts.toArray(Integer[]::new), VERSION_LEAST.toArray(Integer[]::new));
        if (order < 0) {
            throw new IllegalStateException("SQLite " + version + " can damage a store; 3.51.3 or later is needed");
        }
    }
}
