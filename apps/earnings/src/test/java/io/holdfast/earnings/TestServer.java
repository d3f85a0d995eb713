package io.holdfast.earnings;

import io.holdfast.client.ClientOptions;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.server.EarningsPolicy;
import io.holdfast.earnings.server.EarningsRules;
import io.holdfast.server.auth.InMemoryTokenStorage;
import io.holdfast.server.auth.Token;
import io.holdfast.server.auth.TokenMint;
import io.holdfast.server.config.Listen;
import io.holdfast.server.config.Quotas;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.http.Foundation;
import io.holdfast.server.http.HoldfastServer;
import io.holdfast.server.system.Machine;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A real server over HTTP, by the real clock. */
final class TestServer implements AutoCloseable {

    private final InMemoryTokenStorage tokens = new InMemoryTokenStorage();
    private final Machine machine = Machine.real();
    private final HoldfastServer server;

    TestServer(ServerStorage storage) {
        Quotas quotas = Quotas.defaults().withRequestsPerMinute(1_000_000).withFailuresPerMinute(1_000_000);
        server = HoldfastServer.of(
                ServerConfig.defaults()
                        .withListen(Listen.defaults().withPort(0))
                        .withQuotas(quotas),
                new Foundation(storage, tokens, List.of(EarningsSchema.SCHEMA), WriteRules.OPEN, machine)
                        .deciding(
                                EarningsSchema.SCHEMA.name(),
                                new EarningsRules(EarningsPolicy.of(Terms.of(EarningsWorld.RATE)))));
        server.start();
    }

    URI address() {
        return server.address();
    }

    /** A device of this user, that finds the server at this address. */
    ClientOptions connection(String user, String address) {
        TokenMint mint = new TokenMint(tokens, machine.clock(), machine.random());
        String token = mint.issue(new TokenMint.Grant(user, Role.DEVICE, Token.scope(user), Optional.empty()))
                .text()
                .reveal();
        return ClientOptions.of(address, token);
    }

    ClientOptions connection(String user) {
        return connection(user, address().toString());
    }

    @Override
    public void close() {
        server.close();
    }
}
