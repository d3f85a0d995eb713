package io.holdfast.core.engine;

import io.holdfast.core.account.ChangeState;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.Absorption;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.Refusal;
import io.holdfast.testkit.random.SeededRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A device of a scene that is driven by its engine: effects are performed at once, one after the other, and time passes only
 * while the engine sleeps. Not thread-safe.
 */
final class DrivenDevice {

    /** What lies between it and the server. */
    interface Network {
        /** The answer; throws {@link Lost}, or what the server, or something before it, failed with. */
        Incoming carry(Outgoing message);
    }

    /** Nothing answers. */
    static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The server refuses the message, and has applied nothing of it. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final ErrorCode code;

        Refused(ErrorCode code) {
            this.code = code;
        }
    }

    final List<Outgoing> said = new ArrayList<>();
    private final Scene scene;
    private final Scene.Device device;
    private final RetryPolicy policy;
    private final Network network;
    private final Deque<Event> events = new ArrayDeque<>();
    private Engine engine;
    private long alarm;

    DrivenDevice(Scene scene, Scene.Device device, RetryPolicy policy, Network network) {
        this.scene = scene;
        this.device = device;
        this.policy = policy;
        this.network = network;
        this.engine = new Engine(policy, new SeededRandom(1));
    }

    /** The process ends, between two events, and begins again. */
    void restart() {
        device.open();
        engine = new Engine(policy, new SeededRandom(said.size()));
        on(new Event.Tick(scene.now()));
    }

    /** Sleeps until the engine wants to be woken. */
    void sleep() {
        scene.pass(Math.max(1, alarm - scene.now()));
        on(new Event.Tick(scene.now()));
    }

    /** Whether nothing is left to send. */
    boolean done() {
        return engine.status().phase() == Phase.LEVEL
                && device.store()
                        .read(transaction -> transaction.account().in(ChangeState.PENDING) == 0
                                && transaction.account().in(ChangeState.IN_FLIGHT) == 0);
    }

    void on(Event event) {
        events.add(event);
        while (!events.isEmpty()) {
            engine.on(events.poll()).forEach(this::perform);
        }
    }

    private void perform(Effect effect) {
        long now = scene.now();
        switch (effect) {
            case Effect.Prepare wish ->
                events.add(new Event.Prepared(
                        now,
                        device.store()
                                .write(transaction -> device.session()
                                        .prepare(transaction, wish.work(), wish.request(), wish.changesMax(), now))));
            case Effect.Send send -> send(send.message());
            case Effect.Absorb wish ->
                events.add(new Event.Absorbed(
                        now,
                        wish.sent().request(),
                        device.store()
                                .write(transaction ->
                                        device.session().absorb(transaction, wish.sent(), wish.answer(), 0, now))));
            case Effect.FreezeAhead wish ->
                device.store().write(transaction -> {
                    device.session().freezeAhead(transaction, wish.changesMax(), now);
                    return true;
                });
            case Effect.Split ignored ->
                device.store().write(transaction -> {
                    absorption(transaction).split();
                    return true;
                });
            case Effect.Quarantine wish ->
                device.store().write(transaction -> {
                    absorption(transaction)
                            .quarantineBatch(new Refusal(
                                    wish.why().code(), "", wish.why().message(), now));
                    return true;
                });
            case Effect.WakeAt wake -> alarm = now + wake.inMillis();
        }
    }

    private Absorption absorption(LocalTransaction transaction) {
        return new Absorption(Scene.WHOLE, transaction, scene.now());
    }

    private void send(Outgoing message) {
        said.add(message);
        scene.pass(5);
        try {
            events.add(new Event.Answered(scene.now(), network.carry(message)));
        } catch (Lost lost) {
            events.add(new Event.Failed(scene.now(), message.request(), Failure.unreachable("lost")));
        } catch (Refused refused) {
            events.add(new Event.Failed(scene.now(), message.request(), new Failure(refused.code, "", 0, true)));
        } catch (HoldfastException failed) {
            Failure failure = new Failure(failed.code(), String.valueOf(failed.getMessage()), 0, false);
            events.add(new Event.Failed(scene.now(), message.request(), failure));
        }
    }
}
