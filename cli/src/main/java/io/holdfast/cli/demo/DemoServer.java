package io.holdfast.cli.demo;

import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.schema.Schema;
import io.holdfast.server.auth.Token;
import io.holdfast.server.auth.TokenMint;
import io.holdfast.server.auth.TokenStorage;
import io.holdfast.server.config.Home;
import io.holdfast.server.config.RulesJson;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.http.Foundation;
import io.holdfast.server.http.HoldfastServer;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.server.storage.SqlTokenStorage;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.system.Machine;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The server of the demonstration: a real one, on the embedded database. Thread-safe. */
final class DemoServer implements AutoCloseable {

    /** The scope that all devices share. */
    static final String SCOPE = "demo";

    private final HoldfastServer server;
    private final ServerStorage storage;
    private final TokenMint mint;

    private DemoServer(HoldfastServer server, ServerStorage storage, TokenMint mint) {
        this.server = server;
        this.storage = storage;
        this.mint = mint;
    }

    /**
     * Starts it on this machine only.
     *
     * @param port 0 for any free one
     * @throws io.holdfast.core.error.HoldfastException PORT_IN_USE, and what opening the database may throw
     */
    static DemoServer start(Path data, int port, Host host) {
        Home home = Home.defaults().withData(data);
        ServerConfig defaults = ServerConfig.defaults();
        ServerConfig config =
                defaults.withListen(defaults.listen().withPort(port)).withHome(home);
        List<Schema> schemas = List.of(DemoEvents.schema());
        Database database = ServerDatabase.open(home, host);
        try {
            Machine real = Machine.real();
            ServerStorage storage = SqlServerStorage.open(database, schemas);
            TokenStorage tokens = new SqlTokenStorage(database);
            HoldfastServer server = HoldfastServer.of(
                    config,
                    new Foundation(
                            storage,
                            tokens,
                            schemas,
                            RulesJson.read(DemoEvents.rules(), schemas),
                            new Machine(host.clock(), real.ticker(), real.random())));
            server.start();
            return new DemoServer(server, storage, new TokenMint(tokens, host.clock(), host.random()));
        } catch (RuntimeException | Error failed) {
            database.close();
            throw failed;
        }
    }

    /** Where devices reach it. */
    URI address() {
        return server.address();
    }

    /** Signs its first visitor in as the administrator. */
    URI adminLink() {
        return server.adminLink();
    }

    /** A token for one device. */
    String token(String device) {
        return mint.issue(new TokenMint.Grant(device, Role.DEVICE, Token.scope(SCOPE), Optional.empty()))
                .text()
                .reveal();
    }

    /** What it holds now. */
    ReplicaView view() {
        ScopeHead head = storage.snapshot(SCOPE, snapshot -> snapshot.head()).orElseThrow();
        String fingerprint =
                new Digester(head.key()).fingerprint(head.scope(), head.epoch(), head.sequence(), head.root());
        return new ReplicaView("server", head.root().count(), head.sequence(), fingerprint);
    }

    @Override
    public void close() {
        server.close();
    }
}
