package io.holdfast.server.storage.sql;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/**
 * A database in one file: WAL, every commit forced to the disk, one writing connection and a few that read. Several
 * processes may use the file; writers wait for each other up to ten seconds. The file is readable by its owner only.
 */
public final class SqliteDatabase implements Database {

    private static final int READERS = 4;
    private static final int BUSY_MILLIS = 10_000;
    private static final int CACHE_KIB = 32 * 1024;

    /** One start at a time in this process; a lock of the file system keeps other processes out, but not other threads. */
    private static final ReentrantLock STARTING = new ReentrantLock();

    private static final SqliteDialect DIALECT = new SqliteDialect();

    private final Path file;
    private final ConnectionLane writer;
    private final ConnectionLane readers;

    private SqliteDatabase(Path file, ConnectionLane writer, ConnectionLane readers) {
        this.file = file;
        this.writer = writer;
        this.readers = readers;
    }

    /**
     * Opens the file, creates it if it is not there, and migrates its metadata tables.
     *
     * @throws HoldfastException DATABASE_UNREACHABLE, STORE_NOT_A_STORE, STORE_DAMAGED, STORE_FULL, UNAVAILABLE,
     *     SCHEMA_MISMATCH
     */
    public static SqliteDatabase open(Path file) {
        Path absolute = file.toAbsolutePath();
        SQLiteDataSource source = source(absolute);
        try {
            create(absolute);
            starting(absolute, () -> new Migrations(source, "sqlite").migrate());
            ConnectionLane writer =
                    new ConnectionLane("sqlite-writer", 1, () -> withoutTransactionsOfItsOwn(source.getConnection()));
            ConnectionLane readers = new ConnectionLane("sqlite-reader", READERS, () -> readOnly(source));
            return new SqliteDatabase(absolute, writer, readers);
        } catch (SQLException e) {
            throw DIALECT.failure(e, absolute.toString());
        } catch (IOException e) {
            throw new HoldfastException(
                    ErrorCode.DATABASE_UNREACHABLE,
                    "The database file " + absolute + " cannot be created. Check the path and its permissions.",
                    e);
        }
    }

    /** Undoes all migrations; for tests and for going back to an older version. Nothing else may have the file open. */
    static void undo(Path file) {
        try {
            new Migrations(source(file.toAbsolutePath()), "sqlite").undo();
        } catch (SQLException e) {
            throw DIALECT.failure(e, file.toString());
        }
    }

    private static SQLiteDataSource source(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setCacheSize(-CACHE_KIB);
        // Else the driver asks for the last row's id after each statement.
        config.setGetGeneratedKeys(false);
        // Of migrations; else they fail where another program writes between their first look and their first write.
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteDataSource source = new SQLiteDataSource(config) {
            @Override
            public Connection getConnection() throws SQLException {
                return SqliteVersion.checked(super.getConnection());
            }
        };
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static Connection readOnly(SQLiteDataSource source) throws SQLException {
        Connection connection = source.getConnection();
        execute(connection, "PRAGMA query_only = on");
        return withoutTransactionsOfItsOwn(connection);
    }

    /** Transactions begin and end by statements here; else the driver tries to begin and to commit one around each statement. */
    private static Connection withoutTransactionsOfItsOwn(Connection connection) throws SQLException {
        connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
        return connection;
    }

    /** Before SQLite does, so that its permissions are right from the first moment; WAL and shared memory inherit them. */
    private static void create(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, attributes);
        } catch (FileAlreadyExistsException there) {
            // Whoever made it has given it the permissions it has.
        }
    }

    private interface Start {
        void run() throws SQLException;
    }

    private static void starting(Path file, Start start) throws IOException, SQLException {
        STARTING.lock();
        try (FileChannel channel = startLock(file);
                var held = channel.lock()) {
            start.run();
        } finally {
            STARTING.unlock();
        }
    }

    private static FileChannel startLock(Path file) throws IOException {
        Path lock = file.resolveSibling(file.getFileName() + "-start");
        create(lock);
        return FileChannel.open(lock, StandardOpenOption.WRITE);
    }

    /** Others may open the database again once it is closed. */
    public interface StartHold extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Keeps other processes from opening a database, be it there or not; those that have it open already keep it.
     *
     * @throws HoldfastException STORE_IN_USE if one is being started right now, STORE_IO
     */
    public static StartHold holdStart(Path file) {
        try {
            FileChannel channel = startLock(file.toAbsolutePath());
            if (channel.tryLock() == null) {
                channel.close();
                throw new HoldfastException(
                        ErrorCode.STORE_IN_USE, "A server starts on " + file + " right now. Stop it, and try again.");
            }
            return () -> {
                try {
                    channel.close();
                } catch (IOException e) {
                    throw new HoldfastException(ErrorCode.STORE_IO, "The lock of " + file + " stays.", e);
                }
            };
        } catch (IOException | OverlappingFileLockException e) {
            throw new HoldfastException(
                    ErrorCode.STORE_IO, "The folder of " + file + " cannot be written. Check its permissions.", e);
        }
    }

    @Override
    public <T> T write(Work<T> work) {
        return inTransaction(writer, "BEGIN IMMEDIATE", work);
    }

    @Override
    public <T> T read(Work<T> work) {
        return inTransaction(readers, "BEGIN", work);
    }

    private <T> T inTransaction(ConnectionLane lane, String begin, Work<T> work) {
        try {
            return lane.use(connection -> {
                execute(connection, begin);
                try {
                    T result = work.in(new Session(connection, DIALECT, file.toString()));
                    execute(connection, "COMMIT");
                    return result;
                } catch (SQLException | RuntimeException | Error failed) {
                    rollBack(connection, failed);
                    throw failed;
                }
            });
        } catch (SQLException e) {
            throw DIALECT.failure(e, file.toString());
        }
    }

    /** SQLite has already rolled back after some failures; saying so must not hide the failure. */
    private static void rollBack(Connection connection, Throwable failed) {
        try {
            execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            failed.addSuppressed(e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Does nothing: SQLite has no messages, and one process usually has the file for itself. */
    @Override
    public void announce(String scope, long sequence) {}

    /** Hears nothing, see {@link #announce}. */
    @Override
    public void listen(MoveListener listener) {}

    @Override
    public void close() {
        try {
            writer.close();
            readers.close();
        } catch (SQLException e) {
            throw DIALECT.failure(e, file.toString());
        }
    }
}
