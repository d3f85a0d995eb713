package io.holdfast.client;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.value.Value;
import io.holdfast.server.auth.InMemoryTokenStorage;
import io.holdfast.server.auth.Token;
import io.holdfast.server.auth.TokenMint;
import io.holdfast.server.config.Listen;
import io.holdfast.server.config.Quotas;
import io.holdfast.server.config.ServerConfig;
import io.holdfast.server.config.Tls;
import io.holdfast.server.http.Foundation;
import io.holdfast.server.http.HoldfastServer;
import io.holdfast.server.system.Machine;
import java.util.List;
import java.util.Optional;

/** A real server on a port of the loopback, over memory, that can be stopped and started again. */
final class Garden implements AutoCloseable {

    static final Schema SCHEMA = SchemaJson.read("""
            {"name": "garden", "version": 1, "collections": {"plants": {"fields": {
              "name": {"type": "TEXT"}, "notes": {"type": "TEXT"},
              "height": {"type": "INTEGER"}, "owner": {"type": "TEXT", "merge": "SERVER"},
              "visits": {"type": "INTEGER", "merge": "COUNTER"}}}}}""");

    static final String SCOPE = "ann";

    /** The server's own rule: nothing is called so. */
    static final String FORBIDDEN_NAME = "triffid";

    /** What the server holds, if it holds it in memory. */
    final InMemoryServerStorage storage;

    private final InMemoryTokenStorage tokens = new InMemoryTokenStorage();
    private final Machine machine = Machine.real();
    private final TokenMint mint = new TokenMint(tokens, machine.clock(), machine.random());
    private ServerConfig config;
    private HoldfastServer server;

    private Garden(ServerConfig config, ServerStorage kept, InMemoryServerStorage memory) {
        storage = memory;
        this.config = config;
        server = listening(kept);
        this.config = config.withListen(config.listen().withPort(server.port()));
    }

    private static ServerConfig anyPort() {
        return ServerConfig.defaults().withListen(Listen.defaults().withPort(0));
    }

    private static Garden open(ServerConfig config) {
        InMemoryServerStorage memory = new InMemoryServerStorage();
        return new Garden(config, memory, memory);
    }

    static Garden open() {
        return open(anyPort());
    }

    static Garden open(Quotas quotas) {
        return open(anyPort().withQuotas(quotas));
    }

    static Garden open(Tls tls) {
        ServerConfig config = anyPort();
        return open(config.withListen(config.listen().withTls(tls)));
    }

    /** A server over a storage that it closes when it stops. */
    static Garden over(ServerStorage kept) {
        return new Garden(anyPort(), kept, new InMemoryServerStorage());
    }

    private HoldfastServer listening(ServerStorage kept) {
        WriteRules rules = WriteRules.OPEN.and(
                (principal, change, before, after) -> after.value("name").equals(new Value.Text(FORBIDDEN_NAME))
                        ? Optional.of(new ChangeResult.Refused(ErrorCode.RULE_REFUSED, "name", "Grow something else."))
                        : Optional.empty());
        Foundation foundation = new Foundation(kept, tokens, List.of(SCHEMA), rules, machine);
        HoldfastServer started = HoldfastServer.of(config, foundation);
        started.start();
        return started;
    }

    void stop() {
        server.close();
    }

    /** Starts again on the same port, with what the storage holds. */
    void start() {
        server = listening(storage);
    }

    int port() {
        return server.port();
    }

    String address() {
        return server.address().toString();
    }

    TokenMint.Issued issue() {
        return mint.issue(new TokenMint.Grant("ann", Role.DEVICE, Token.scope(SCOPE), Optional.empty()));
    }

    String token() {
        return issue().text().reveal();
    }

    long records() {
        return storage.snapshot(
                SCOPE, snapshot -> snapshot.head().orElseThrow().root().count());
    }

    /** A record as the server holds it. */
    RecordState row(RecordKey key) {
        return storage.snapshot(
                SCOPE,
                snapshot -> snapshot.records(List.of(key))
                        .values()
                        .iterator()
                        .next()
                        .state());
    }

    @Override
    public void close() {
        server.close();
    }
}
