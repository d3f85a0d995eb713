package io.holdfast.earnings.http;

import io.holdfast.core.exchange.DecisionRules;
import io.holdfast.core.schema.Schema;
import io.holdfast.earnings.operations.InMemoryOperationLog;
import io.holdfast.earnings.operations.OperationLog;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.server.EarningsPolicy;
import io.holdfast.earnings.server.EarningsRules;
import io.holdfast.server.http.app.Application;
import io.holdfast.server.http.app.Hosted;
import io.holdfast.server.http.app.Hosting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Earnings, for a server to host: {@code foundation.hosting(new EarningsApplication(policy))}. Immutable. */
public final class EarningsApplication implements Application {

    /** What it is called in settings. */
    public static final String NAME = EarningsSchema.SCHEMA.name();

    /** Messages that are kept where nobody says where to write them down. */
    private static final int KEPT_MAX = 100_000;

    private final EarningsPolicy policy;
    private final OperationLog log;

    /** Under a policy; operations are written down in memory. */
    public EarningsApplication(EarningsPolicy policy) {
        this(policy, new InMemoryOperationLog(KEPT_MAX));
    }

    /** @param log where operations are written down; closed with the server */
    public EarningsApplication(EarningsPolicy policy, OperationLog log) {
        this.policy = policy;
        this.log = log;
    }

    @Override
    public Schema schema() {
        return EarningsSchema.SCHEMA;
    }

    @Override
    public DecisionRules decisions() {
        return new EarningsRules(policy);
    }

    @Override
    public String description() {
        try (InputStream in = EarningsApplication.class.getResourceAsStream("openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("the resource openapi.yaml is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Hosted host(Hosting hosting) {
        return new HostedEarnings(hosting, log);
    }
}
