package io.holdfast.simulation.world;

import io.holdfast.core.engine.Effect;
import io.holdfast.core.engine.Engine;
import io.holdfast.core.engine.EngineStatus;
import io.holdfast.core.engine.Event;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Outcome;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.engine.RetryPolicy;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.Absorption;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.Refusal;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One opening of a device: the real engine, and what a shell does for it. Each effect is an event of its own on the timeline,
 * so that the process can die between any two; nothing of it survives. Not thread-safe.
 */
final class DeviceProcess {

    private static final RetryPolicy POLICY = new RetryPolicy(
            Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(60), 0);
    private static final Duration EFFECT = Duration.ofNanos(100_000);

    private final DeviceNode device;
    private final long number;
    private final Engine engine;
    private final Deque<Effect> effects = new ArrayDeque<>();
    private Optional<VirtualTime.Event> wake = Optional.empty();
    private boolean pumping;
    private boolean dead;
    private int crashAfter = -1;
    private int downMillis;

    /**
     * A process.
     *
     * @param number of the device's openings so far, this one included
     */
    DeviceProcess(DeviceNode device, long number, Engine engine) {
        this.device = device;
        this.number = number;
        this.engine = engine;
    }

    /** An engine under the policy of all simulated devices. */
    static Engine engine(SeededRandom random) {
        return new Engine(POLICY, random);
    }

    EngineStatus status() {
        return engine.status();
    }

    /** Ends it, with everything it was about to do. */
    void die() {
        dead = true;
        effects.clear();
        wake.ifPresent(VirtualTime.Event::cancel);
    }

    /** It dies before the effect of that number from now; then the device stays down for a while. */
    void dieAfter(int effect, int thenDownMillis) {
        crashAfter = effect;
        downMillis = thenDownMillis;
    }

    /** Hands an event to the engine. */
    void feed(Event event) {
        if (dead) {
            return;
        }
        effects.addAll(engine.on(event));
        pump();
    }

    private void pump() {
        if (!pumping && !effects.isEmpty()) {
            pumping = true;
            device.time().after(EFFECT, this::performNext);
        }
    }

    private void performNext() {
        pumping = false;
        Effect effect = effects.poll();
        if (effect == null) {
            return;
        }
        if (crashAfter > 0 && --crashAfter == 0) {
            device.crash(downMillis);
            return;
        }
        perform(effect);
        pump();
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Prepare wanted -> prepare(wanted);
            case Effect.Send send -> device.send(Envelope.of(number, send.message()));
            case Effect.Absorb wanted -> absorb(wanted);
            case Effect.FreezeAhead wanted ->
                trying(transaction ->
                        device.session().freezeAhead(transaction, device.changesMax(wanted.changesMax()), now()));
            case Effect.Split ignored ->
                trying(transaction -> absorption(transaction).split());
            case Effect.Quarantine wanted -> {
                Refusal why = new Refusal(wanted.why().code(), "", wanted.why().message(), now());
                trying(transaction -> absorption(transaction).quarantineBatch(why));
            }
            case Effect.WakeAt wanted -> wakeIn(wanted.inMillis());
        }
    }

    private long now() {
        return device.clock().millis();
    }

    private Absorption absorption(LocalTransaction transaction) {
        return new Absorption(device.schema(), transaction, now());
    }

    private void trying(Consumer<LocalTransaction> body) {
        try {
            device.write(transaction -> {
                body.accept(transaction);
                return true;
            });
        } catch (HoldfastException refusedByDisk) {
            // The engine goes on with its next message, meets the same refusal and asks again.
        }
    }

    private void prepare(Effect.Prepare wanted) {
        try {
            Outgoing message = device.write(transaction -> device.session()
                    .prepare(
                            transaction,
                            wanted.work(),
                            wanted.request(),
                            device.changesMax(wanted.changesMax()),
                            now()));
            feed(new Event.Prepared(now(), message));
        } catch (HoldfastException refusal) {
            failed(wanted.request(), refusal);
        }
    }

    private void absorb(Effect.Absorb wanted) {
        try {
            Outcome outcome = device.absorb(wanted);
            feed(new Event.Absorbed(now(), wanted.sent().request(), outcome));
        } catch (HoldfastException refusal) {
            failed(wanted.sent().request(), refusal);
        }
    }

    private void failed(long request, HoldfastException refusal) {
        failed(request, new Failure(refusal.code(), String.valueOf(refusal.getMessage()), 0, false));
    }

    private void failed(long request, Failure failure) {
        feed(new Event.Failed(now(), request, failure));
    }

    private void wakeIn(long millis) {
        wake.ifPresent(VirtualTime.Event::cancel);
        if (device.deaf()) {
            return;
        }
        wake = Optional.of(device.time().after(Duration.ofMillis(millis), () -> {
            if (!dead) {
                feed(new Event.Tick(now()));
            }
        }));
    }

    /** Something arrived from the network. */
    void receive(Envelope arrived) {
        if (arrived.kind() == Envelope.Kind.HINT) {
            feed(new Event.Wanted(now(), Event.Reason.HINT));
        } else if (arrived.process() == number) {
            answered(arrived);
        }
    }

    private void answered(Envelope arrived) {
        if (arrived.failure().isPresent()) {
            failed(arrived.request(), arrived.failure().get());
            return;
        }
        try {
            feed(new Event.Answered(now(), arrived.incoming()));
        } catch (HoldfastException garbage) {
            failed(
                    arrived.request(),
                    new Failure(ErrorCode.SERVER_ANSWER, String.valueOf(garbage.getMessage()), 0, false));
        }
    }
}
