package io.holdfast.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.local.Absorbed;
import io.holdfast.core.protocol.Batch;
import io.holdfast.core.protocol.BatchCodec;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.protocol.RegisterRequest;
import io.holdfast.core.protocol.SchemaRef;
import io.holdfast.core.protocol.Sender;
import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.testkit.random.SeededRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What surrounds an engine, without store and server: it keeps the effects that were asked for, and tells what became of them
 * as its test says. Time passes as told; the wall clock may be set apart from it. Not thread-safe.
 */
final class Shell {

    /** Well within a hybrid time, and even in decimals. */
    static final long START = 1_800_000_000_000L;

    final RetryPolicy policy;
    final List<Effect> effects = new ArrayList<>();
    Engine engine;
    long passedMillis;
    long clockMillis = START;

    Optional<Effect.Prepare> preparing = Optional.empty();
    Optional<Outgoing> sent = Optional.empty();
    Optional<Effect.Absorb> absorbing = Optional.empty();
    /** When to tick, by the time that passed. */
    Optional<Long> alarm = Optional.empty();

    private long seed = 1;

    Shell(RetryPolicy policy) {
        this.policy = policy;
        this.engine = new Engine(policy, new SeededRandom(seed));
    }

    /** Lets the engine take an event, and takes its effects in. */
    List<Effect> on(Event event) {
        List<Effect> asked = engine.on(event);
        effects.addAll(asked);
        asked.forEach(this::take);
        return asked;
    }

    private void take(Effect effect) {
        switch (effect) {
            case Effect.Prepare prepare -> {
                assertThat(idle()).as("nothing else is under way").isTrue();
                preparing = Optional.of(prepare);
                sent = Optional.empty();
            }
            case Effect.Send send -> sent = Optional.of(send.message());
            case Effect.Absorb absorb -> absorbing = Optional.of(absorb);
            case Effect.WakeAt wake -> {
                assertThat(wake.inMillis()).isNotNegative();
                assertThat(wake.inMillis()).isEqualTo(Math.max(0, wake.millis() - clockMillis));
                alarm = Optional.of(passedMillis + wake.inMillis());
            }
            case Effect.FreezeAhead ignored -> {}
            case Effect.Split ignored -> {}
            case Effect.Quarantine ignored -> {}
        }
    }

    /** Whether the shell owes the engine nothing: neither a message nor an answer taken in. */
    boolean idle() {
        return preparing.isEmpty() && absorbing.isEmpty();
    }

    void pass(long millis) {
        passedMillis += millis;
        clockMillis += millis;
    }

    /** The process ends and begins again: what was under way is forgotten, an answer may still arrive. */
    void restart() {
        seed++;
        engine = new Engine(policy, new SeededRandom(seed));
        preparing = Optional.empty();
        absorbing = Optional.empty();
        alarm = Optional.empty();
        on(new Event.Tick(clockMillis));
    }

    List<Effect> want(Event.Reason reason) {
        return on(new Event.Wanted(clockMillis, reason));
    }

    List<Effect> tick() {
        alarm = Optional.empty();
        return on(new Event.Tick(clockMillis));
    }

    /** Lets time pass until the alarm, which rings. */
    List<Effect> ring() {
        pass(Math.max(0, alarm.orElseThrow() - passedMillis));
        return tick();
    }

    /** The message is ready, with a batch of so many changes if it is an exchange. */
    List<Effect> prepared(int changes) {
        Effect.Prepare prepare = preparing.orElseThrow();
        preparing = Optional.empty();
        return on(new Event.Prepared(clockMillis, message(prepare, changes)));
    }

    List<Effect> answered() {
        return answered(sent.orElseThrow().request(), clockMillis);
    }

    List<Effect> answered(long request, long serverMillis) {
        return on(new Event.Answered(
                clockMillis, new Incoming.Exchanged(new ExchangeAnswer.Unregistered(request, serverMillis))));
    }

    List<Effect> absorbed(Outcome outcome) {
        Effect.Absorb absorb = absorbing.orElseThrow();
        absorbing = Optional.empty();
        return on(new Event.Absorbed(clockMillis, absorb.sent().request(), outcome));
    }

    List<Effect> failed(ErrorCode code) {
        return failed(new Failure(code, "", 0, true));
    }

    /** What is under way fails. */
    List<Effect> failed(Failure failure) {
        long request = preparing
                .map(Effect.Prepare::request)
                .or(() -> absorbing.map(absorb -> absorb.sent().request()))
                .or(() -> sent.map(Outgoing::request))
                .orElseThrow();
        preparing = Optional.empty();
        absorbing = Optional.empty();
        return on(new Event.Failed(clockMillis, request, failure));
    }

    /** One round trip: the message of a batch is made, sent, answered and taken in. */
    List<Effect> roundTrip(int changes, Outcome outcome) {
        prepared(changes);
        answered();
        return absorbed(outcome);
    }

    /** Goes on until the engine rests, while everything is answered and equal. */
    void settle() {
        for (int i = 0; engine.underWay(); i++) {
            assertThat(i).as("round trips to rest").isLessThan(20);
            Work work = preparing.orElseThrow().work();
            roundTrip(0, fine(work));
        }
    }

    /** What a round trip comes to when nothing is wrong. */
    static Outcome fine(Work work) {
        return switch (work) {
            case Work.Exchange ignored -> applied(true, true, false);
            case Work.Withdraw ignored -> applied(true, true, false);
            case Work.CompareNodes ignored -> new Outcome.NodesCompared(Collections.emptySortedSet());
            case Work.CompareLeaves ignored -> new Outcome.LeavesCompared(List.of(), true);
        };
    }

    static Outcome applied(boolean complete, boolean equal, boolean pendingLeft) {
        return new Outcome.Applied(new Absorbed(complete, equal, 0, 0, 0, 0, pendingLeft));
    }

    /** An engine that has exchanged once and is level. */
    static Shell level() {
        Shell shell = new Shell(RetryPolicy.defaults());
        shell.tick();
        shell.settle();
        assertThat(shell.engine.status().phase()).isEqualTo(Phase.LEVEL);
        return shell;
    }

    static Outgoing message(Effect.Prepare prepare, int changes) {
        Sender sender = new Sender(1, prepare.request(), "scope", "replica", 1, new SchemaRef("s", 1, ""));
        if (changes < 0) {
            return new Outgoing.Register(new RegisterRequest(sender));
        }
        return switch (prepare.work()) {
            case Work.Exchange ignored -> exchange(sender, changes);
            case Work.Withdraw withdraw -> withdrawal(sender, withdraw);
            case Work.CompareNodes nodes -> compare(sender, nodes.nonce(), nodes);
            case Work.CompareLeaves leaves -> compare(sender, leaves.nonce(), leaves);
        };
    }

    private static Outgoing exchange(Sender sender, int changes) {
        Optional<Batch> batch = changes == 0
                ? Optional.empty()
                : Optional.of(new Batch(new BatchMark(changes, "h" + changes), BatchMark.NONE, new byte[0], List.of()));
        return new Outgoing.Exchange(
                new ExchangeRequest(sender, Cursor.START, List.of(), BatchMark.NONE, batch, 1), changes);
    }

    private static Outgoing withdrawal(Sender sender, Work.Withdraw withdraw) {
        Optional<Batch> empty = Optional.of(BatchCodec.empty(BatchMark.NONE));
        return new Outgoing.Exchange(
                new ExchangeRequest(sender, Cursor.START, List.of(), BatchMark.NONE, empty, 1),
                0,
                Optional.of(withdraw));
    }

    private static Outgoing compare(Sender sender, String nonce, Work work) {
        List<DigestSum> sums = Collections.nCopies(Buckets.FAN_OUT, DigestSum.ZERO);
        return new Outgoing.Reconcile(
                new ReconcileRequest(sender, Cursor.START, nonce, new ReconcileRequest.Question.Nodes(sums)), work);
    }

    static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
