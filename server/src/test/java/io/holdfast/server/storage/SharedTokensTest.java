package io.holdfast.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.server.auth.Token;
import io.holdfast.server.auth.TokenText;
import io.holdfast.server.storage.sql.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a token made by the command counts in a server that is running, and the other way round. */
class SharedTokensTest {

    @TempDir
    Path folder;

    @Test
    void tokensPassBetweenProcessesOnSqlite() {
        tokensPass(SqlEngine.sqlite(folder.resolve("server.db")));
    }

    @Test
    void tokensPassBetweenProcessesOnPostgres() {
        tokensPass(SqlEngine.postgres());
    }

    private static void tokensPass(SqlEngine engine) {
        Database serving = engine.open();
        try (SqlServerStorage storage = SqlServerStorage.open(serving, List.of(Samples.SCHEMA))) {
            SqlTokenStorage server = new SqlTokenStorage(serving);
            Token token = token();
            try (Database command = engine.open()) {
                new SqlTokenStorage(command).create(token);
                ServerRecord row = Samples.noteRecord("a", "meanwhile", 1);
                Samples.put(storage, "scope", row);
                assertThat(server.find(token.id())).contains(token);
                new SqlTokenStorage(command).revoke(token.id(), Instant.EPOCH);
            }
            assertThat(server.find(token.id())).contains(token.revoked(Instant.EPOCH));
        }
    }

    private static Token token() {
        TokenText text = TokenText.draw(new SplittableRandom(3));
        return new Token(
                text.id(),
                text.secretHash(),
                "ann",
                Role.DEVICE,
                Token.scope("garden"),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty());
    }
}
