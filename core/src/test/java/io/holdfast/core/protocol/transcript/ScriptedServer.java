package io.holdfast.core.protocol.transcript;

import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ReconcileCodec;
import io.holdfast.core.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** A server in memory of which nothing is left to chance: its clock is told, and its random bits are counted. */
final class ScriptedServer {

    private final Schema schema;
    private final RandomGenerator random = new WeylSequence();
    private InMemoryServerStorage storage = new InMemoryServerStorage();
    private InMemoryServerStorage backup = new InMemoryServerStorage();
    private ScopeServer server;
    private long nowMillis;

    ScriptedServer(Schema schema) {
        this.schema = schema;
        this.server = over(storage);
    }

    /** Steps of the golden ratio: well spread, and easily had in any language. */
    private static final class WeylSequence implements RandomGenerator {
        private long state;

        @Override
        public long nextLong() {
            state += 0x9E3779B97F4A7C15L;
            return state;
        }
    }

    private ScopeServer over(InMemoryServerStorage tables) {
        return new ScopeServer(tables, schema, WriteRules.OPEN, () -> Instant.ofEpochMilli(nowMillis), random);
    }

    void happen(Step.Happening happening) {
        switch (happening) {
            case BACKUP -> backup = storage.copy();
            case RESTORE -> {
                storage = backup.copy();
                server = over(storage);
            }
        }
    }

    /** The body of the answer to a body. */
    String answer(String path, Principal principal, long atMillis, String request) {
        nowMillis = atMillis;
        byte[] body = request.getBytes(StandardCharsets.UTF_8);
        byte[] answer = switch (path) {
            case "/v1/replicas" ->
                ExchangeCodec.write(server.register(principal, ExchangeCodec.readRegisterRequest(body)));
            case "/v1/exchange" ->
                ExchangeCodec.write(server.exchange(principal, ExchangeCodec.readExchangeRequest(body)));
            case "/v1/reconcile" ->
                ReconcileCodec.write(server.reconcile(principal, ReconcileCodec.readReconcileRequest(body)));
            default -> throw new IllegalArgumentException(path + " is no address of a device");
        };
        return new String(answer, StandardCharsets.UTF_8);
    }
}
