package io.holdfast.server.scrub;

import io.holdfast.core.Limits;
import io.holdfast.core.exchange.ScopeProof;
import io.holdfast.core.exchange.ScopeScrub;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.local.Proof;
import io.holdfast.core.record.RecordKey;
import io.holdfast.server.config.ScrubPace;
import io.holdfast.server.metrics.ScrubMetrics;
import io.holdfast.server.system.Machine;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through all scopes, a thousand rows at a time, and rests after each step so long that looking takes no more than its
 * share of the time. Where it is stands in memory alone: after a restart it begins with the scopes whose proofs are oldest
 * enough. Not thread-safe.
 */
final class Scrub {

    private static final Logger LOG = LoggerFactory.getLogger(Scrub.class);
    private static final int PAGE = 1_000;

    /** When every proof is young enough. */
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final ServerStorage storage;
    private final Machine machine;
    private final ScrubPace pace;
    private final ScrubMetrics metrics;
    private String scope = "";
    private Optional<ScopeScrub.Position> position = Optional.empty();
    private final Set<RecordKey> suspects = new LinkedHashSet<>();
    private long records;

    Scrub(ServerStorage storage, Machine machine, ScrubPace pace, ScrubMetrics metrics) {
        this.storage = storage;
        this.machine = machine;
        this.pace = pace;
        this.metrics = metrics;
    }

    /** Does the next step, and says how long to rest. */
    Duration step() {
        long start = machine.ticker().read();
        boolean more = position.isPresent() ? look(position.get()) : nextScope();
        Duration took = Duration.ofNanos(machine.ticker().read() - start);
        metrics.step(took);
        return more ? pace.restAfter(took) : IDLE;
    }

    /** Forgets how far it was in a scope: something failed. */
    void startOver() {
        position = Optional.empty();
    }

    private boolean nextScope() {
        List<String> next = storage.scopes(scope, 1);
        if (next.isEmpty()) {
            scope = "";
            metrics.cycle();
            return false;
        }
        scope = next.getFirst();
        Standing standing = storage.snapshot(scope, Standing::of);
        metrics.scope(standing.provenAtMillis(), standing.openGaps());
        boolean old = standing.provenAtMillis()
                .map(at ->
                        Math.abs(machine.clock().millis() - at) >= pace.every().toMillis())
                .orElse(true);
        if (old) {
            position = Optional.of(ScopeScrub.Position.START);
            suspects.clear();
            records = 0;
        }
        return true;
    }

    private boolean look(ScopeScrub.Position from) {
        ScopeScrub.Part part = storage.snapshot(scope, snapshot -> ScopeScrub.look(snapshot, from, PAGE));
        records += part.records();
        metrics.rows(part.records());
        part.suspects().stream()
                .limit(Math.max(0, Limits.GAPS_OPEN_MAX - suspects.size()))
                .forEach(suspects::add);
        position = part.next();
        if (position.isEmpty()) {
            settle();
        }
        return true;
    }

    private void settle() {
        boolean sound = suspects.isEmpty() && storage.snapshot(scope, ScopeScrub::rootFits);
        int gaps = sound
                ? storage.append(
                        scope,
                        ScopeScrub.NOTHING,
                        ScopeScrub.sound(records, machine.clock().millis()))
                : storage.mend(
                        scope,
                        snapshot -> ScopeScrub.settle(
                                snapshot, suspects, records, machine.clock().millis()));
        metrics.found(gaps);
        if (gaps > 0) {
            LOG.atWarn()
                    .addKeyValue("scope", scope)
                    .addKeyValue("gaps", gaps)
                    .log("records are not what they should be; see 'holdfast gaps list'");
        }
    }

    /**
     * How a scope stands.
     *
     * @param provenAtMillis when the server last looked at its rows
     */
    private record Standing(Optional<Long> provenAtMillis, long openGaps) {
        static Standing of(ScopeSnapshot snapshot) {
            return new Standing(
                    snapshot.proof(Proof.Level.L1, "").map(ScopeProof::proof).map(Proof::atMillis),
                    snapshot.trail().unclosed());
        }
    }
}
