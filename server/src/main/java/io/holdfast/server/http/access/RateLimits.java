package io.holdfast.server.http.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.server.config.Quotas;
import io.holdfast.server.http.problem.HttpRefusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Token buckets: one for the requests of each principal, one for the refused tokens of each address. Those that nobody used
 * for a while are full again and forgotten. Thread-safe.
 */
public final class RateLimits {

    private static final Duration PERIOD = Duration.ofMinutes(1);
    private static final int BUCKETS_MAX = 100_000;
    private static final int IPV6_NETWORK_BYTES = 8;

    private final Quotas quotas;
    private final TimeMeter time;
    private final Cache<String, Bucket> requests;
    private final Cache<String, Bucket> failures;

    /** @param ticker nanoseconds from any origin */
    public RateLimits(Quotas quotas, Ticker ticker) {
        this.quotas = quotas;
        this.time = new TickerTime(ticker);
        this.requests = buckets(ticker);
        this.failures = buckets(ticker);
    }

    private static Cache<String, Bucket> buckets(Ticker ticker) {
        return Caffeine.newBuilder()
                .maximumSize(BUCKETS_MAX)
                .expireAfterAccess(PERIOD)
                .ticker(ticker)
                .build();
    }

    /**
     * Counts one request of a principal.
     *
     * @throws HttpRefusal RATE_LIMITED
     */
    public void request(String principal) {
        ConsumptionProbe probe = requests.get(principal, name -> bucket(quotas.requestsPerMinute()))
                .tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw refused("Too many requests with this token", probe);
        }
    }

    /** Counts one refused token of an address. */
    public void failure(String address) {
        failures(address).tryConsume(1);
    }

    /**
     * Checks that an address may try an unknown token.
     *
     * @throws HttpRefusal RATE_LIMITED
     */
    public void requireTry(String address) {
        Bucket bucket = failures(address);
        if (bucket.getAvailableTokens() < 1) {
            long wait = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
            throw refused("Too many wrong tokens from this address", wait);
        }
    }

    private Bucket failures(String address) {
        return failures.get(network(address), name -> bucket(quotas.failuresPerMinute()));
    }

    private Bucket bucket(int perMinute) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, PERIOD))
                .withCustomTimePrecision(time)
                .build();
    }

    private static HttpRefusal refused(String what, ConsumptionProbe probe) {
        return refused(what, probe.getNanosToWaitForRefill());
    }

    private static HttpRefusal refused(String what, long waitNanos) {
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(waitNanos + TimeUnit.SECONDS.toNanos(1) - 1));
        return HttpRefusal.withHeaders(
                ErrorCode.RATE_LIMITED,
                what + "; try again in " + seconds + " s.",
                Map.of("Retry-After", Long.toString(seconds)));
    }

    /** A household has a whole /64 network of IPv6 addresses, so that is what is counted. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, IPV6_NETWORK_BYTES));
        } catch (UnknownHostException notAnAddress) {
            return address;
        }
    }

    private record TickerTime(Ticker ticker) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return ticker.read();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
