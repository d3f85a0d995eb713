package io.holdfast.cli.demo;

import io.holdfast.cli.serve.ServerDatabase;
import io.holdfast.cli.system.Host;
import io.holdfast.client.ClientOptions;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.server.EarningsPolicy;
import io.holdfast.earnings.server.EarningsRules;
import io.holdfast.server.auth.Token;
import io.holdfast.server.auth.TokenMint;
import io.holdfast.server.auth.TokenStorage;
import io.holdfast.server.config.Home;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.http.Foundation;
import io.holdfast.server.http.HoldfastServer;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.server.storage.SqlTokenStorage;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.system.Machine;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The server that decides what users have earned: a real one, by the story's clock. Thread-safe. */
record EarningsServer(HoldfastServer server, ServerStorage storage, TokenMint mint) implements AutoCloseable {

    static EarningsServer start(Path data, Host host, InstantSource clock, Coins rate) {
        Home home = Home.defaults().withData(data);
        ServerConfig defaults = ServerConfig.defaults();
        ServerConfig config = defaults.withListen(defaults.listen().withPort(0)).withHome(home);
        Database database = ServerDatabase.open(home, host);
        try {
            Machine real = Machine.real();
            ServerStorage storage = SqlServerStorage.open(database, List.of(EarningsSchema.SCHEMA));
            TokenStorage tokens = new SqlTokenStorage(database);
            Foundation foundation = new Foundation(
                            storage,
                            tokens,
                            List.of(EarningsSchema.SCHEMA),
                            WriteRules.OPEN,
                            new Machine(clock, real.ticker(), real.random()))
                    .deciding(EarningsSchema.SCHEMA.name(), new EarningsRules(EarningsPolicy.of(Terms.of(rate))));
            HoldfastServer server = HoldfastServer.of(config, foundation);
            server.start();
            return new EarningsServer(server, storage, new TokenMint(tokens, clock, host.random()));
        } catch (RuntimeException | Error failed) {
            database.close();
            throw failed;
        }
    }

    /** How a device of a user is connected. */
    ClientOptions connection(String user) {
        String token = mint.issue(new TokenMint.Grant(user, Role.DEVICE, Token.scope(user), Optional.empty()))
                .text()
                .reveal();
        return ClientOptions.of(server.address().toString(), token);
    }

    /** A user's balance. */
    BigDecimal balance(String user) {
        return storage.snapshot(
                user,
                snapshot -> snapshot.live(EarningsSchema.USERS.collection().name(), "", 1).stream()
                        .map(row -> EarningsSchema.USERS.read(row.key().id(), row.state()::value))
                        .findFirst()
                        .orElseThrow()
                        .current());
    }

    @Override
    public void close() {
        server.close();
    }
}
