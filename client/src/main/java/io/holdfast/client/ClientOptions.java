package io.holdfast.client;

import io.holdfast.client.transport.Endpoint;
import io.holdfast.client.transport.Token;
import io.holdfast.core.Limits;
import io.holdfast.core.engine.RecordGuard;
import io.holdfast.core.engine.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a store is connected to a server. Prints without the token.
 *
 * @param server where it is
 * @param token lets this device in
 * @param retry how often to exchange, and how to try again
 * @param hints whether to listen to the server's hints; without them, others' changes come at the interval
 * @param pageMax most records to fetch at once, 1 to {@link Limits#PAGE_RECORDS_MAX}
 * @param connectTimeout how long a connection may take to come about
 * @param proofs how old proofs of the actual rows may grow
 * @param trust whose certificates to trust; empty for those that the machine trusts
 * @param guard looks at each record that the server answers with
 */
public record ClientOptions(
        Endpoint server,
        Token token,
        RetryPolicy retry,
        boolean hints,
        int pageMax,
        Duration connectTimeout,
        ProofPace proofs,
        Optional<SSLContext> trust,
        RecordGuard guard) {

    /** Refuses what could never work. */
    public ClientOptions {
        if (pageMax < 1 || pageMax > Limits.PAGE_RECORDS_MAX || !connectTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "a page has 1 to " + Limits.PAGE_RECORDS_MAX + " records, and a timeout is positive");
        }
    }

    /**
     * Listens to hints, exchanges at least once a minute, fetches the largest pages, connects within ten seconds.
     *
     * @throws IllegalArgumentException if the address or the token cannot be one
     */
    public static ClientOptions of(String server, String token) {
        return new ClientOptions(
                Endpoint.of(server),
                Token.of(token),
                RetryPolicy.defaults(),
                true,
                Limits.PAGE_RECORDS_MAX,
                Duration.ofSeconds(10),
                ProofPace.defaults(),
                Optional.empty(),
                RecordGuard.NONE);
    }

    /** The same with another way to try again. */
    public ClientOptions withRetry(RetryPolicy next) {
        return new ClientOptions(server, token, next, hints, pageMax, connectTimeout, proofs, trust, guard);
    }

    /** The same with or without hints. */
    public ClientOptions withHints(boolean next) {
        return new ClientOptions(server, token, retry, next, pageMax, connectTimeout, proofs, trust, guard);
    }

    /** The same with other pages. */
    public ClientOptions withPageMax(int next) {
        return new ClientOptions(server, token, retry, hints, next, connectTimeout, proofs, trust, guard);
    }

    /** The same with another patience for connections. */
    public ClientOptions withConnectTimeout(Duration next) {
        return new ClientOptions(server, token, retry, hints, pageMax, next, proofs, trust, guard);
    }

    /** The same with other ages of proofs. */
    public ClientOptions withProofs(ProofPace next) {
        return new ClientOptions(server, token, retry, hints, pageMax, connectTimeout, next, trust, guard);
    }

    /** The same trusting others, as {@link io.holdfast.client.transport.Trust} reads them. */
    public ClientOptions withTrust(SSLContext next) {
        return new ClientOptions(
                server, token, retry, hints, pageMax, connectTimeout, proofs, Optional.of(next), guard);
    }

    /** The same, refusing answers with records that a guard refuses. */
    public ClientOptions withGuard(RecordGuard next) {
        return new ClientOptions(server, token, retry, hints, pageMax, connectTimeout, proofs, trust, next);
    }
}
