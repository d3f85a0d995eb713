package io.holdfast.cli.bench;

import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.schema.Schema;
import io.holdfast.server.auth.InMemoryTokenStorage;
import io.holdfast.server.auth.Token;
import io.holdfast.server.auth.TokenMint;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.http.Foundation;
import io.holdfast.server.http.HoldfastServer;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.system.Machine;
import java.util.List;
import java.util.Optional;

/** A server on a free port of the loopback, with one token for its one scope. */
final class BenchServer implements AutoCloseable {

    private final HoldfastServer server;
    private final String token;

    private BenchServer(HoldfastServer server, String token) {
        this.server = server;
        this.token = token;
    }

    static BenchServer start(Database database, Schema schema, String scope) {
        Machine machine = Machine.real();
        InMemoryTokenStorage tokens = new InMemoryTokenStorage();
        String token = new TokenMint(tokens, machine.clock(), machine.random())
                .issue(new TokenMint.Grant("bench", Role.DEVICE, Token.scope(scope), Optional.empty()))
                .text()
                .reveal();
        ServerConfig defaults = ServerConfig.defaults();
        HoldfastServer server = HoldfastServer.of(
                defaults.withListen(defaults.listen().withPort(0)),
                new Foundation(
                        SqlServerStorage.open(database, List.of(schema)),
                        tokens,
                        List.of(schema),
                        WriteRules.OPEN,
                        machine));
        server.start();
        return new BenchServer(server, token);
    }

    String address() {
        return server.address().toString();
    }

    String token() {
        return token;
    }

    @Override
    public void close() {
        server.close();
    }
}
