package io.holdfast.client;

import io.holdfast.core.engine.EngineStatus;
import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Phase;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.record.RecordKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Someone who waits for the engine to come to rest. The worker alone begins and ends it; whoever waits may give it up. */
final class Wait {

    /** What makes an end of waiting. */
    enum Patience {
        /** Being level, or the first failure. */
        FIRST_FAILURE,
        /** Being level, or a failure that only a person can end. */
        RETRIES
    }

    /**
     * What came of it.
     *
     * @param failure why it is not level
     * @param differing records that a challenge found to differ
     */
    record Rest(Totals totals, Optional<Failure> failure, List<RecordKey> differing) {}

    private final Patience patience;
    private final CompletableFuture<Rest> rest = new CompletableFuture<>();
    private volatile Totals before = Totals.NONE;

    Wait(Patience patience) {
        this.patience = patience;
    }

    CompletableFuture<Rest> rest() {
        return rest;
    }

    void begin(Totals totals) {
        before = totals;
    }

    /** What was exchanged since it began. */
    Totals since(Totals now) {
        return now.minus(before);
    }

    /** Looks at an engine that has nothing under way; returns whether this wait is over. */
    boolean over(EngineStatus engine, Totals totals, List<RecordKey> differing) {
        boolean done = switch (engine.phase()) {
            case LEVEL, AUTH_REQUIRED, STALLED -> true;
            case CATCHING_UP, OFFLINE, RETRYING -> patience == Patience.FIRST_FAILURE;
        };
        if (done) {
            Optional<Failure> failure = engine.phase() == Phase.LEVEL ? Optional.empty() : engine.last();
            rest.complete(new Rest(since(totals), failure, differing));
        }
        return done;
    }

    void cancel(Totals totals) {
        Failure closed = new Failure(ErrorCode.CANCELLED, "The client was closed meanwhile.", 0, false);
        rest.complete(new Rest(since(totals), Optional.of(closed), List.of()));
    }
}
