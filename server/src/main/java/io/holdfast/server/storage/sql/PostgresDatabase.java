package io.holdfast.server.storage.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL database of version 15 or newer with the encoding UTF8. Writers read what is committed and lock what they
 * change; readers see one snapshot (REPEATABLE READ, read-only) and have connections of their own, so that long reads
 * never keep writers waiting.
 */
public final class PostgresDatabase implements Database {

    /** Most connections for each of writing and reading, unless said otherwise. */
    public static final int CONNECTIONS_DEFAULT = 8;

    /** Whoever asks while the database is down, or all connections are taken, is told so after this: he comes back later. */
    private static final long CONNECT_MILLIS = 3_000;

    /** Of a request for its turn at a scope that others write to. */
    private static final Duration TURN_PATIENCE = Duration.ofSeconds(10);

    private static final int ATTEMPTS_MAX = 20;
    private static final Duration MOVES_PAUSE = Duration.ofSeconds(2);
    private static final int VERSION_MIN = 15;
    private static final PostgresDialect DIALECT = new PostgresDialect();

    /**
     * Tables grow from empty within minutes: a plan that scans one in sequence because it was small must not stay. No
     * statement is worth compiling.
     */
    private static final String SETTINGS = "SET enable_seqscan = off; SET jit = off; SET timezone = 'UTC'";

    /** A program that locks rows and falls asleep must not have a server's connections one after the other. */
    private static final String PATIENCE = "; SET lock_timeout = '20s'";

    private final HikariDataSource writers;
    private final HikariDataSource readers;
    private final PostgresMoves moves;
    private final ScopeTurns turns = new ScopeTurns(TURN_PATIENCE);
    private final String url;
    private final String place;

    private PostgresDatabase(HikariDataSource writers, HikariDataSource readers, String url, String place) {
        this.moves = new PostgresMoves(unpooled(url), MOVES_PAUSE);
        this.url = url;
        this.writers = writers;
        this.readers = readers;
        this.place = place;
    }

    /** As {@link #open(String, int)} with the usual number of connections. */
    public static PostgresDatabase open(String url) {
        return open(url, CONNECTIONS_DEFAULT);
    }

    /**
     * Connects, and migrates the metadata tables.
     *
     * @param url JDBC address, {@code jdbc:postgresql://host:port/database?user=...&password=...}
     * @param connectionsMax for writing, and as many for reading
     * @throws HoldfastException USAGE if the address cannot be read or has a wrong parameter, DATABASE_UNREACHABLE, UNAVAILABLE, STORE_FULL,
     *     SCHEMA_MISMATCH
     */
    public static PostgresDatabase open(String url, int connectionsMax) {
        PostgresAddress.check(url);
        String place = PostgresAddress.withoutSecrets(url);
        HikariConfig writing = settings("holdfast-writers", url, connectionsMax);
        writing.setConnectionInitSql(SETTINGS + PATIENCE);
        HikariDataSource writers = pool(writing, place);
        try {
            PostgresVersion.check(writers, VERSION_MIN, place);
            new Migrations(unpooled(url), "postgresql").migrate();
            HikariConfig reading = settings("holdfast-readers", url, connectionsMax);
            reading.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
            reading.setReadOnly(true);
            HikariDataSource readers = pool(reading, place);
            return new PostgresDatabase(writers, readers, url, place);
        } catch (SQLException e) {
            writers.close();
            throw DIALECT.failure(e, place);
        } catch (RuntimeException e) {
            writers.close();
            throw e;
        }
    }

    /** Undoes all migrations; for tests and for going back to an older version. */
    void undo() {
        try {
            new Migrations(unpooled(url), "postgresql").undo();
        } catch (SQLException e) {
            throw DIALECT.failure(e, place);
        }
    }

    /** For migrations, which take several connections at once and only for a moment, and for messages. */
    private static DataSource unpooled(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setTcpKeepAlive(true);
        return source;
    }

    private static HikariConfig settings(String name, String url, int connectionsMax) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(connectionsMax);
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        config.setConnectionTimeout(CONNECT_MILLIS);
        config.setConnectionInitSql(SETTINGS);
        // Else the first transaction that is rolled back takes the settings with it.
        config.setIsolateInternalQueries(true);
        // Server-side statements from the first use on: the statements are few, and results come in binary.
        config.addDataSourceProperty("prepareThreshold", "1");
        config.addDataSourceProperty("ApplicationName", "holdfast");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return config;
    }

    private static HikariDataSource pool(HikariConfig config, String place) {
        try {
            return new HikariDataSource(config);
        } catch (PoolInitializationException e) {
            if (e.getCause() instanceof SQLException sql) {
                throw PostgresAddress.blames(PostgresDialect.state(sql))
                        ? PostgresAddress.wrongParameter(config.getJdbcUrl(), place, sql)
                        : DIALECT.failure(sql, place);
            }
            throw new HoldfastException(
                    ErrorCode.DATABASE_UNREACHABLE, "The database at " + place + " cannot be reached.", e);
        }
    }

    @Override
    public <T> T write(Work<T> work) {
        return inTransaction(writers, work);
    }

    @Override
    public <T> T write(String scope, Work<T> work) {
        return turns.in(scope, () -> write(work));
    }

    @Override
    public <T> T read(Work<T> work) {
        return inTransaction(readers, work);
    }

    private <T> T inTransaction(HikariDataSource pool, Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(pool, work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS_MAX || !DIALECT.repeatable(e)) {
                    throw DIALECT.failure(e, place);
                }
            }
        }
    }

    private <T> T once(HikariDataSource pool, Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            try {
                T result = work.in(new Session(connection, DIALECT, place));
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error failed) {
                rollBack(connection, failed);
                throw failed;
            }
        }
    }

    private static void rollBack(Connection connection, Throwable failed) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failed.addSuppressed(e);
        }
    }

    @Override
    public void announce(String scope, long sequence) {
        moves.send(scope, sequence);
    }

    @Override
    public void listen(MoveListener listener) {
        moves.hear(listener);
    }

    @Override
    public void close() {
        moves.close();
        readers.close();
        writers.close();
    }
}
