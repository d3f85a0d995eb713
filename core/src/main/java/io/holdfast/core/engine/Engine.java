package io.holdfast.core.engine;

import io.holdfast.core.Limits;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.reconcile.Buckets;
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
    private final Suspicion suspicion;
    private final Recognitions recognitions = new Recognitions();

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
    private int differing = Buckets.COUNT + 1;
    private long wakeAt;
    private long lastNow;
    private Optional<BatchMark> refusedOnce = Optional.empty();
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
        this.suspicion = new Suspicion(policy.suspectAfter());
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
        follow(event.nowMillis());
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

    /** A clock that was set back takes every time it gave with it: no wait gets longer by it. */
    private void follow(long nowMillis) {
        long back = Math.max(0, lastNow - nowMillis);
        sentAt -= back;
        wakeAt -= back;
        lastNow = nowMillis;
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
            start(work, effects);
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
            wakeAt(busy ? deadline(nowMillis) : wakeAt, nowMillis, effects);
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
        wakeAt(deadline(sentAt), sentAt, effects);
        if (carriesBatch(prepared.message())) {
            effects.add(new Effect.FreezeAhead(changesMax));
        }
    }

    private static boolean carriesBatch(Outgoing message) {
        return message instanceof Outgoing.Exchange exchange && exchange.changes() > 0;
    }

    private void answered(Event.Answered answered, List<Effect> effects) {
        if (!busy || waiting.isEmpty() || answered.answer().request() != request) {
            return;
        }
        Outgoing sent = waiting.get();
        waiting = Optional.empty();
        // The server read its clock between sending and receiving: halfway is off by half the round trip at most. A
        // round
        // trip longer than the timeout is a clock that was set meanwhile, of which only the last reading is worth
        // anything.
        long trip = answered.nowMillis() - sentAt;
        long halfway = answered.nowMillis() - (trip <= policy.timeout().toMillis() ? trip / 2 : 0);
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
            case Outcome.Unregistered ignored -> recognised(nowMillis, effects);
            case Outcome.Forked ignored -> recognised(nowMillis, effects);
            case Outcome.NotWithdrawn ignored -> recognised(nowMillis, effects);
            case Outcome.EpochChanged ignored -> recognised(nowMillis, effects);
            case Outcome.Behind ignored -> start(new Work.Exchange(), effects);
            case Outcome.Applied applied -> applied(applied, nowMillis, effects);
            case Outcome.NodesCompared compared -> compared(compared, nowMillis, effects);
            case Outcome.LeavesCompared compared -> {
                if (compared.repaired() > 0 || !compared.challenge()) {
                    start(new Work.Exchange(), effects);
                } else {
                    level(nowMillis, effects);
                }
            }
        }
    }

    /** Exchanges anew at once, but waits like after a failure if that has led nowhere several times. */
    private void recognised(long nowMillis, List<Effect> effects) {
        recognitions.another();
        last = recognitions.failure();
        failures = recognitions.tooMany();
        if (last.isEmpty()) {
            start(new Work.Exchange(), effects);
            return;
        }
        work = new Work.Exchange();
        phase = Phase.RETRYING;
        rest(policy.delayMillis(failures, random.nextLong()), nowMillis, effects);
    }

    private void applied(Outcome.Applied applied, long nowMillis, List<Effect> effects) {
        recognitions.over();
        lastExchange = nowMillis;
        changesMax = work instanceof Work.Withdraw withdraw
                ? Math.max(1, withdraw.changes() / 2)
                : Math.min(Limits.TRANSACTION_CHANGES_MAX, changesMax * 2);
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
        if (nonce.isEmpty() && compared.leaves().size() < differing) {
            // What differs may be more than one round repairs; as long as it gets less, the next may follow at once.
            repairs = 1;
            differing = compared.leaves().size();
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
        differing = Buckets.COUNT + 1;
        work = new Work.Exchange();
        rest(policy.interval().toMillis(), nowMillis, effects);
    }

    private void rest(long delayMillis, long nowMillis, List<Effect> effects) {
        wakeAt = nowMillis + delayMillis;
        wakeAt(wakeAt, nowMillis, effects);
    }

    private static void wakeAt(long at, long nowMillis, List<Effect> effects) {
        effects.add(new Effect.WakeAt(at, Math.max(0, at - nowMillis)));
    }

    private void failed(Failure failure, long nowMillis, List<Effect> effects) {
        Optional<Outgoing.Exchange> sent = waiting.filter(Outgoing.Exchange.class::isInstance)
                .map(Outgoing.Exchange.class::cast)
                .filter(exchange -> exchange.changes() > 0);
        busy = false;
        waiting = Optional.empty();
        last = Optional.of(failure);
        failures++;
        if (failure.code() != ErrorCode.SERVER_UNREACHABLE) {
            tries++;
        }
        work = after(work, failure);
        if (sent.isPresent() && failure.notApplied() && refusesBatch(failure.code(), sent.get())) {
            refusedBatch(failure, sent.get().changes(), effects);
            return;
        }
        Optional<Work.Withdraw> withdrawal = sent.flatMap(batch -> suspicion.failed(batch, failure, changesMax));
        if (withdrawal.isPresent()) {
            start(withdrawal.get(), effects);
            return;
        }
        phase = phaseAfter(failure.code());
        boolean patient = phase == Phase.AUTH_REQUIRED || phase == Phase.STALLED;
        long delay = patient ? policy.cap().toMillis() : policy.delayMillis(failures, random.nextLong());
        rest(Math.max(delay, failure.retryAfterMillis()), nowMillis, effects);
    }

    /**
     * A withdrawal may have been applied although it failed, and has to be answered before its batch is sent again; but what fails
     * without the batch, too, shows nothing against it. A server that does not know withdrawals has certainly applied none.
     */
    private static Work after(Work failed, Failure failure) {
        return failed instanceof Work.Withdraw withdraw && !(failure.notApplied() && unknown(failure.code()))
                ? new Work.Withdraw(withdraw.changes(), Optional.empty())
                : new Work.Exchange();
    }

    private static boolean unknown(ErrorCode code) {
        return switch (code) {
            case BATCH_TOO_LARGE, BATCH_MALFORMED, REQUEST_INVALID -> true;
            default -> false;
        };
    }

    /**
     * Whether the server refuses what the batch holds, rather than who sends it or when. A message that could not be read may
     * have been damaged on its way: the same batch must fail twice.
     */
    private boolean refusesBatch(ErrorCode code, Outgoing.Exchange sent) {
        return switch (code) {
            case BATCH_TOO_LARGE, BODY_TOO_LARGE -> true;
            case BATCH_MALFORMED, JSON_MALFORMED, REQUEST_INVALID -> {
                boolean again = refusedOnce.filter(sent.batch()::equals).isPresent();
                refusedOnce = Optional.of(sent.batch());
                yield again;
            }
            default -> false;
        };
    }

    private void refusedBatch(Failure failure, int changes, List<Effect> effects) {
        int most = Math.min(changesMax, changes);
        if (most > 1) {
            changesMax = most / 2;
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
                    CURSOR_UNKNOWN,
                    NOT_FOUND,
                    STORE_DAMAGED,
                    STORE_CLOSED -> Phase.STALLED;
            default -> tired ? Phase.STALLED : Phase.RETRYING;
        };
    }
}
