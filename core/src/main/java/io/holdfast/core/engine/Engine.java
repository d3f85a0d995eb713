package io.holdfast.core.engine;

import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides what a device does about its server: when to exchange, what to do with a failure, when to compare. A state
 * machine: every event brings a list of effects, which the shell performs in order, and whose results come back as events.
 * It reads no clock and does no I/O, and what it decides follows from its seed and its events alone. Not thread-safe.
 *
 * <p>At most one message is on its way. An answer to any other than that one is passed over. Whatever happens, the engine
 * either has a message under way, which {@link Event.Tick} gives up in the end, or has asked to be woken: it cannot stop.
 */
public final class Engine {

    /** Comparisons in a row after which the engine waits for the interval: a difference that no repair removes is shown. */
    private static final int REPAIRS_MAX = 3;

    private final RetryPolicy policy;
    private final RandomGenerator random;

    private Phase phase = Phase.CATCHING_UP;
    private Work work = new Work.Exchange();
    private long request;
    private boolean busy;
    private Optional<Outgoing> waiting = Optional.empty();
    private long sentAt;
    private boolean again;
    private int failures;
    private int tries;
    private int repairs;
    private long wakeAt;
    private int changesMax = Limits.TRANSACTION_CHANGES_MAX;
    private Optional<Failure> last = Optional.empty();
    private Optional<String> challenge = Optional.empty();
    private long lastExchange;

    /**
     * An engine that will exchange at its first event.
     *
     * @param random seeded: it draws the jitter
     */
    public Engine(RetryPolicy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
    }

    /** What the engine is doing. */
    public EngineStatus status() {
        return new EngineStatus(phase, last, failures, wakeAt, lastExchange);
    }

    /** Whether a message is being made, is on its way, or is being taken in. */
    public boolean underWay() {
        return busy;
    }

    /** Takes an event; the effects are to be performed in order. */
    public List<Effect> on(Event event) {
        List<Effect> effects = new ArrayList<>();
        switch (event) {
            case Event.Wanted wanted -> wanted(wanted, effects);
            case Event.ChallengeWanted wanted -> {
                challenge = Optional.of(wanted.nonce());
                wanted(new Event.Wanted(wanted.nowMillis(), Event.Reason.PERSON), effects);
            }
            case Event.Tick tick -> tick(tick.nowMillis(), effects);
            case Event.Prepared prepared -> prepared(prepared, effects);
            case Event.Answered answered -> answered(answered, effects);
            case Event.Failed failed -> {
                if (busy && failed.request() == request) {
                    failed(failed.failure(), failed.nowMillis(), effects);
                }
            }
            case Event.Absorbed absorbed -> {
                if (busy && absorbed.request() == request) {
                    absorbed(absorbed.outcome(), absorbed.nowMillis(), effects);
                }
            }
        }
        return effects;
    }

    private void wanted(Event.Wanted wanted, List<Effect> effects) {
        if (busy) {
            again = true;
            return;
        }
        boolean now = switch (wanted.reason()) {
            case PERSON, NETWORK -> true;
            case WRITE, HINT -> phase == Phase.LEVEL || phase == Phase.CATCHING_UP;
        };
        if (now) {
            if (wanted.reason() == Event.Reason.PERSON) {
                tries = 0;
            }
            start(new Work.Exchange(), effects);
        }
    }

    private void tick(long nowMillis, List<Effect> effects) {
        if (busy
                && waiting.isPresent()
                && nowMillis - sentAt >= policy.timeout().toMillis()) {
            failed(Failure.unreachable("The server did not answer in time."), nowMillis, effects);
        } else if (!busy && nowMillis >= wakeAt) {
            start(work, effects);
        } else {
            effects.add(new Effect.WakeAt(busy ? deadline(nowMillis) : wakeAt));
        }
    }

    private long deadline(long nowMillis) {
        return (waiting.isPresent() ? sentAt : nowMillis) + policy.timeout().toMillis();
    }

    private void start(Work next, List<Effect> effects) {
        work = next;
        busy = true;
        again = false;
        waiting = Optional.empty();
        request++;
        if (phase == Phase.LEVEL) {
            phase = Phase.CATCHING_UP;
        }
        effects.add(new Effect.Prepare(next, request, changesMax));
    }

    private void prepared(Event.Prepared prepared, List<Effect> effects) {
        if (!busy || prepared.message().request() != request) {
            return;
        }
        waiting = Optional.of(prepared.message());
        sentAt = prepared.nowMillis();
        effects.add(new Effect.Send(prepared.message()));
        effects.add(new Effect.WakeAt(deadline(sentAt)));
        if (carriesBatch(prepared.message())) {
            effects.add(new Effect.FreezeAhead(changesMax));
        }
    }

    private static boolean carriesBatch(Outgoing message) {
        return message instanceof Outgoing.Exchange exchange
                && exchange.message().batch().isPresent();
    }

    private void answered(Event.Answered answered, List<Effect> effects) {
        if (!busy || waiting.isEmpty() || answered.answer().request() != request) {
            return;
        }
        Outgoing sent = waiting.get();
        waiting = Optional.empty();
        // The server read its clock between sending and receiving: halfway is off by half the round trip at most.
        long halfway = sentAt + (answered.nowMillis() - sentAt) / 2;
        effects.add(new Effect.Absorb(sent, answered.answer(), answered.answer().serverMillis() - halfway));
    }

    private void absorbed(Outcome outcome, long nowMillis, List<Effect> effects) {
        busy = false;
        failures = 0;
        tries = 0;
        last = Optional.empty();
        phase = Phase.CATCHING_UP;
        switch (outcome) {
            case Outcome.Registered ignored -> start(work, effects);
            case Outcome.Unregistered ignored -> start(new Work.Exchange(), effects);
            case Outcome.Forked ignored -> start(new Work.Exchange(), effects);
            case Outcome.EpochChanged ignored -> start(new Work.Exchange(), effects);
            case Outcome.Behind ignored -> start(new Work.Exchange(), effects);
            case Outcome.Applied applied -> applied(applied, nowMillis, effects);
            case Outcome.NodesCompared compared -> compared(compared, nowMillis, effects);
            case Outcome.LeavesCompared compared -> {
                if (compared.repaired()) {
                    start(new Work.Exchange(), effects);
                } else {
                    level(nowMillis, effects);
                }
            }
        }
    }

    private void applied(Outcome.Applied applied, long nowMillis, List<Effect> effects) {
        lastExchange = nowMillis;
        changesMax = Math.min(Limits.TRANSACTION_CHANGES_MAX, changesMax * 2);
        if (!applied.absorbed().complete() || applied.absorbed().pendingLeft() || again) {
            start(new Work.Exchange(), effects);
        } else if (!applied.absorbed().equal() && repairs < REPAIRS_MAX) {
            repairs++;
            start(new Work.CompareNodes(""), effects);
        } else if (challenge.isPresent()) {
            start(new Work.CompareNodes(challenge.get()), effects);
        } else {
            level(nowMillis, effects);
        }
    }

    private void compared(Outcome.NodesCompared compared, long nowMillis, List<Effect> effects) {
        String nonce = work instanceof Work.CompareNodes nodes ? nodes.nonce() : "";
        if (!nonce.isEmpty()) {
            challenge = Optional.empty();
        }
        if (compared.leaves().isEmpty()) {
            level(nowMillis, effects);
        } else {
            start(new Work.CompareLeaves(nonce, compared.leaves()), effects);
        }
    }

    private void level(long nowMillis, List<Effect> effects) {
        if (again) {
            start(new Work.Exchange(), effects);
            return;
        }
        phase = Phase.LEVEL;
        repairs = 0;
        work = new Work.Exchange();
        wake(nowMillis + policy.interval().toMillis(), effects);
    }

    private void wake(long at, List<Effect> effects) {
        wakeAt = at;
        effects.add(new Effect.WakeAt(at));
    }

    private void failed(Failure failure, long nowMillis, List<Effect> effects) {
        boolean carriedBatch = waiting.filter(Engine::carriesBatch).isPresent();
        busy = false;
        waiting = Optional.empty();
        last = Optional.of(failure);
        failures++;
        if (failure.code() != ErrorCode.SERVER_UNREACHABLE) {
            tries++;
        }
        work = new Work.Exchange();
        if (carriedBatch && failure.notApplied() && refusesBatch(failure.code())) {
            refusedBatch(failure, effects);
            return;
        }
        phase = phaseAfter(failure.code());
        boolean patient = phase == Phase.AUTH_REQUIRED || phase == Phase.STALLED;
        long delay = patient ? policy.cap().toMillis() : policy.delayMillis(failures, random.nextLong());
        wake(nowMillis + Math.max(delay, failure.retryAfterMillis()), effects);
    }

    /** Whether the server refuses what the batch holds, rather than who sends it or when. */
    private static boolean refusesBatch(ErrorCode code) {
        return switch (code) {
            case BATCH_MALFORMED, BATCH_TOO_LARGE, BODY_TOO_LARGE, JSON_MALFORMED, REQUEST_INVALID -> true;
            default -> false;
        };
    }

    private void refusedBatch(Failure failure, List<Effect> effects) {
        if (changesMax > 1) {
            changesMax = Math.max(1, changesMax / 2);
            effects.add(new Effect.Split());
        } else {
            effects.add(new Effect.Quarantine(failure));
        }
        start(new Work.Exchange(), effects);
    }

    private Phase phaseAfter(ErrorCode code) {
        boolean tired = policy.triesMax() > 0 && tries >= policy.triesMax();
        return switch (code) {
            case SERVER_UNREACHABLE -> Phase.OFFLINE;
            case AUTH_REQUIRED -> Phase.AUTH_REQUIRED;
            case FORBIDDEN,
                    SCHEMA_MISMATCH,
                    PROTOCOL_UNSUPPORTED,
                    REPLICA_FOREIGN,
                    NOT_FOUND,
                    STORE_DAMAGED,
                    STORE_CLOSED -> Phase.STALLED;
            default -> tired ? Phase.STALLED : Phase.RETRYING;
        };
    }
}
