package io.holdfast.server.storage;

import io.holdfast.core.exchange.Role;
import io.holdfast.server.auth.Token;
import io.holdfast.server.auth.TokenStorage;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Tokens in the server's database. Thread-safe; a token made or revoked by another process counts from the next look on.
 * Times are kept in whole microseconds.
 */
public final class SqlTokenStorage implements TokenStorage {

    private static final String TOKENS = "SELECT id, secret_hash, principal, role, scopes, created_at_micros,"
            + " expires_at_micros, revoked_at_micros FROM hf_token";

    private final Database database;

    /** Tokens in a database, which stays its owner's to close. */
    public SqlTokenStorage(Database database) {
        this.database = database;
    }

    @Override
    public void create(Token token) {
        int created = database.write(session -> session.update(
                "INSERT INTO hf_token (id, secret_hash, principal, role, scopes, created_at_micros, expires_at_micros,"
                        + " revoked_at_micros) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                token.id(),
                token.secretHash(),
                token.principal(),
                token.role().name(),
                String.join("\n", token.scopes()),
                micros(token.createdAt()),
                token.expiresAt().map(SqlTokenStorage::micros).orElse(null),
                token.revokedAt().map(SqlTokenStorage::micros).orElse(null)));
        if (created == 0) {
            throw new IllegalArgumentException("the token id is taken");
        }
    }

    @Override
    public Optional<Token> find(String id) {
        return database.read(session -> session.first(TOKENS + " WHERE id = ?", SqlTokenStorage::token, id));
    }

    @Override
    public List<Token> list() {
        return database.read(
                session -> session.query(TOKENS + " ORDER BY created_at_micros, id", SqlTokenStorage::token));
    }

    @Override
    public boolean revoke(String id, Instant at) {
        return database.write(session -> {
            int revoked = session.update(
                    "UPDATE hf_token SET revoked_at_micros = ? WHERE id = ? AND revoked_at_micros IS NULL",
                    micros(at),
                    id);
            return revoked > 0 || exists(session, id);
        });
    }

    private static boolean exists(Session session, String id) throws SQLException {
        return session.first("SELECT 1 FROM hf_token WHERE id = ?", row -> true, id)
                .isPresent();
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Role.valueOf(row.getString(4)),
                new TreeSet<>(List.of(row.getString(5).split("\n", -1))),
                instant(row.getLong(6)),
                optionalInstant(row, 7),
                optionalInstant(row, 8));
    }

    private static Optional<Instant> optionalInstant(ResultSet row, int column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(instant(micros));
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
