package io.holdfast.client;

import io.holdfast.client.system.Machine;
import io.holdfast.client.transport.Reply;
import io.holdfast.client.transport.Traffic;
import io.holdfast.client.transport.Transport;
import io.holdfast.core.engine.Effect;
import io.holdfast.core.engine.Engine;
import io.holdfast.core.engine.EngineStatus;
import io.holdfast.core.engine.Event;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Outcome;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.record.RecordKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the {@link Engine} decides: makes messages, sends them, takes answers in, wakes it in time. Everything but the
 * sending happens on the worker, one event after the other; the public methods only hand their word to it, and return at
 * once. Thread-safe.
 */
final class Driver {

    private static final Logger LOG = LoggerFactory.getLogger(Driver.class);

    private final LocalWork local;
    private final Engine engine;
    private final Transport transport;
    private final Machine machine;
    private final Runnable changed;

    private final List<Consumer<Sent>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean written = new AtomicBoolean();
    private volatile EngineStatus status;
    private volatile Totals totals = Totals.NONE;

    // What follows is the worker's.
    private final List<Wait> waits = new ArrayList<>();
    private List<RecordKey> differing = List.of();
    private long followed;
    private long hinted;
    private boolean closed;
    /** Why the last answer was not taken in, if it was not. */
    private Optional<Failure> untaken = Optional.empty();

    private Machine.Running sending = () -> {};
    private Machine.Alarm alarm = () -> {};

    /**
     * A driver at rest.
     *
     * @param changed is run whenever the status may have changed; must be quick
     */
    Driver(LocalWork local, Engine engine, Transport transport, Machine machine, Runnable changed) {
        this.local = local;
        this.engine = engine;
        this.transport = transport;
        this.machine = machine;
        this.changed = changed;
        this.status = engine.status();
    }

    EngineStatus status() {
        return status;
    }

    /** What was exchanged since it started. */
    Totals totals() {
        return totals;
    }

    void start() {
        post(() -> on(new Event.Tick(now())));
    }

    /** Something was committed to the store, perhaps by this driver itself. */
    void written() {
        if (!written.getAndSet(true)) {
            post(this::rest);
        }
        changed.run();
    }

    /** The server says that the scope has reached a sequence. */
    void hinted(long sequence) {
        post(() -> {
            hinted = Math.max(hinted, sequence);
            rest();
        });
    }

    /** The server, or the network, can be reached again. */
    void reachable() {
        post(() -> {
            switch (engine.status().phase()) {
                case OFFLINE, RETRYING -> on(new Event.Wanted(now(), Event.Reason.NETWORK));
                case LEVEL, CATCHING_UP, AUTH_REQUIRED, STALLED -> {}
            }
        });
    }

    /** Exchange now, whatever stood in the way. */
    void exchange(Wait wait) {
        begin(wait, () -> on(new Event.Wanted(now(), Event.Reason.PERSON)));
    }

    /** Exchange now, and compare the actual rows. */
    void challenge(Wait wait, String nonce) {
        begin(wait, () -> {
            differing = List.of();
            on(new Event.ChallengeWanted(now(), nonce));
        });
    }

    private void begin(Wait wait, Runnable first) {
        boolean taken = post(() -> {
            wait.begin(totals);
            if (closed) {
                wait.cancel(totals);
            } else {
                waits.add(wait);
                first.run();
            }
        });
        if (!taken) {
            wait.cancel(Totals.NONE);
        }
    }

    /** Takes no more events; gives the message under way up. */
    void close() {
        post(() -> {
            closed = true;
            alarm.cancel();
            sending.interrupt();
            waits.forEach(wait -> wait.cancel(totals));
            waits.clear();
        });
    }

    private boolean post(Runnable task) {
        try {
            machine.worker().execute(task);
            return true;
        } catch (RejectedExecutionException closedMeanwhile) {
            return false;
        }
    }

    private long now() {
        return machine.clock().millis();
    }

    private void on(Event event) {
        if (closed) {
            return;
        }
        Deque<Event> events = new ArrayDeque<>(List.of(event));
        while (!events.isEmpty()) {
            Event next = events.remove();
            perform(engine.on(next), events);
            warn(next);
        }
        status = engine.status();
        waits.removeIf(wait -> wait.rest().isDone() || (!engine.underWay() && wait.over(status, totals, differing)));
        changed.run();
        rest();
    }

    /** When nothing is under way: is there a reason to go on that came meanwhile? */
    private void rest() {
        if (closed || engine.underWay()) {
            return;
        }
        if (hinted > followed) {
            hinted = 0;
            on(new Event.Wanted(now(), Event.Reason.HINT));
        } else if (written.getAndSet(false) && pending()) {
            on(new Event.Wanted(now(), Event.Reason.WRITE));
        }
    }

    private boolean pending() {
        try {
            return local.pending();
        } catch (HoldfastException unreadable) {
            return true;
        }
    }

    private void perform(List<Effect> effects, Deque<Event> events) {
        try {
            for (Effect effect : effects) {
                perform(effect, events);
            }
        } catch (HoldfastException failure) {
            failed(effects, new Failure(failure.code(), String.valueOf(failure.getMessage()), 0, false), events);
        } catch (RuntimeException | Error defect) {
            // Memory that ran out is there again later: an engine that never learnt of it would wait for ever.
            failed(effects, defect(defect), events);
        }
    }

    private void failed(List<Effect> effects, Failure why, Deque<Event> events) {
        if (effects.stream().anyMatch(Effect.Absorb.class::isInstance)) {
            untaken = Optional.of(why);
        }
        events.add(new Event.Failed(now(), request(effects), why));
    }

    private Failure defect(Throwable defect) {
        Optional<Failure> damage = defect instanceof RuntimeException ? damage(defect) : Optional.empty();
        return damage.orElseGet(() -> {
            LOG.error("a defect while synchronising; it is tried again", defect);
            return new Failure(
                    ErrorCode.INTERNAL, "The client failed: " + defect + ". Report this; it is tried again.", 0, false);
        });
    }

    /** A program that does what it cannot do may have met a file that it did not write. */
    private Optional<Failure> damage(Throwable defect) {
        try {
            local.requireSound();
            return Optional.empty();
        } catch (HoldfastException damaged) {
            damaged.addSuppressed(defect);
            LOG.atError().setCause(damaged).log("the store is damaged");
            return Optional.of(new Failure(damaged.code(), String.valueOf(damaged.getMessage()), 0, false));
        } catch (RuntimeException another) {
            LOG.error("a defect while looking for damage", another);
            return Optional.empty();
        }
    }

    /** The message that effects are about. */
    private static long request(List<Effect> effects) {
        long request = 0;
        for (Effect effect : effects) {
            request = switch (effect) {
                case Effect.Prepare prepare -> prepare.request();
                case Effect.Send send -> send.message().request();
                case Effect.Absorb absorb -> absorb.sent().request();
                case Effect.FreezeAhead ignored -> request;
                case Effect.Split ignored -> request;
                case Effect.Quarantine ignored -> request;
                case Effect.WakeAt ignored -> request;
            };
        }
        return request;
    }

    private void perform(Effect effect, Deque<Event> events) {
        switch (effect) {
            case Effect.Prepare prepare -> events.add(new Event.Prepared(now(), local.prepare(prepare)));
            case Effect.Send send -> {
                sending.interrupt();
                sending = machine.start("exchange", () -> send(send.message()));
            }
            case Effect.Absorb absorb ->
                events.add(new Event.Absorbed(now(), absorb.sent().request(), absorbed(absorb)));
            case Effect.FreezeAhead ahead -> local.freezeAhead(ahead.changesMax());
            case Effect.Split ignored -> local.split();
            case Effect.Quarantine quarantine -> local.quarantine(quarantine.why());
            case Effect.WakeAt wake -> wakeIn(wake.inMillis());
        }
    }

    private void wakeIn(long millis) {
        alarm.cancel();
        alarm = machine.after(Duration.ofMillis(millis), () -> post(() -> on(new Event.Tick(now()))));
    }

    private Outcome absorbed(Effect.Absorb absorb) {
        LocalWork.Taken taken = local.absorb(absorb);
        followed = taken.followed();
        totals = totals.plus(taken.outcome());
        if (taken.outcome() instanceof Outcome.LeavesCompared compared && compared.challenge()) {
            differing = compared.gaps();
        }
        recognised(taken.outcome());
        return taken.outcome();
    }

    /** Whoever watches the log learns of it, as whoever looks at the status. */
    private void recognised(Outcome outcome) {
        if (outcome instanceof Outcome.Forked || outcome instanceof Outcome.EpochChanged) {
            local.recognised().ifPresent(entry -> LOG.atWarn().log(entry.detail()));
        }
    }

    /** An answer that was taken in and is a failure all the same: what the server recognises leads nowhere. */
    private void warn(Event event) {
        if (event instanceof Event.Absorbed) {
            engine.status().last().ifPresent(failure -> LOG.atWarn().log(failure.message()));
        }
    }

    /** Runs beside the worker. */
    private void send(Outgoing message) {
        Reply reply;
        long began = machine.nanos();
        try {
            reply = transport.send(message);
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException | Error defect) {
            reply = new Reply.Failed(defect(defect), Traffic.NONE);
        }
        Reply received = reply;
        Duration took = Duration.ofNanos(Math.max(0, machine.nanos() - began));
        long at = now();
        post(() -> {
            totals = totals.plus(received.traffic());
            int failuresBefore = engine.status().failures();
            untaken = Optional.empty();
            on(
                    switch (received) {
                        case Reply.Answered answered -> new Event.Answered(at, answered.answer());
                        case Reply.Failed failed -> new Event.Failed(at, message.request(), failed.failure());
                    });
            tell(message, received, took, failuresBefore);
        });
    }

    private void tell(Outgoing message, Reply reply, Duration took, int failuresBefore) {
        if (listeners.isEmpty()) {
            return;
        }
        Optional<Failure> failure = reply instanceof Reply.Failed failed ? Optional.of(failed.failure()) : untaken;
        Sent sent = new Sent(
                machine.clock().instant(), Sent.Kind.of(message), took, reply.traffic(), failure, failuresBefore);
        for (Consumer<Sent> listener : listeners) {
            try {
                listener.accept(sent);
            } catch (RuntimeException defect) {
                LOG.error("whoever listens to what is sent has failed", defect);
            }
        }
    }

    /** Tells of each message from now on, on the worker. */
    void onSent(Consumer<Sent> listener) {
        listeners.add(listener);
    }
}
