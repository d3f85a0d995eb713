package io.holdfast.simulation.world;

import io.holdfast.core.engine.Outcome;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts what happened, so that a clean run can be told from one in which nothing happened. Not thread-safe. */
public final class Tally {

    private static final String HAPPENED = "fault ";
    private static final String EFFECT = "effect ";
    private static final String EVENTS = "events";

    private final Map<String, Long> counts = new HashMap<>();

    void step(Step step) {
        count("step " + step.getClass().getSimpleName());
    }

    /** A misfortune happened. */
    void happened(Fault fault) {
        count(HAPPENED + fault);
    }

    /** A misfortune that happened made itself felt. */
    void effect(Fault fault) {
        effect(fault, 1);
    }

    /** A misfortune that happened made itself felt so many times. */
    void effect(Fault fault, long times) {
        if (times > 0) {
            counts.merge(EFFECT + fault, times, Long::sum);
        }
    }

    /** How many misfortunes of a kind happened. */
    public long happenings(Fault fault) {
        return counts.getOrDefault(HAPPENED + fault, 0L);
    }

    /** How often misfortunes of a kind made themselves felt, in the unit of {@link Fault#effect}. */
    public long effects(Fault fault) {
        return counts.getOrDefault(EFFECT + fault, 0L);
    }

    void outcome(Outcome outcome) {
        count("outcome " + outcome.getClass().getSimpleName());
    }

    void exchange(ExchangeRequest request, ExchangeAnswer answer) {
        count(request.batch().isPresent() ? "exchange with batch" : "exchange");
        if (answer instanceof ExchangeAnswer.Applied applied) {
            for (ChangeResult result : applied.results()) {
                count("result " + result.getClass().getSimpleName());
                if (result instanceof ChangeResult.Refused refused) {
                    count("refused " + refused.code());
                }
            }
        }
    }

    private void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** So many events happened. */
    void events(long number) {
        counts.merge(EVENTS, number, Long::sum);
    }

    /** How many events happened, those after the faults had stopped included; see {@link Length.Unit#EVENTS}. */
    public long events() {
        return counts.getOrDefault(EVENTS, 0L);
    }

    /** The counts by what was counted, in the order of its names. */
    public Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    /** Adds another world's counts. */
    public void add(Tally other) {
        other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }
}
