package io.holdfast.simulation.world;

import io.holdfast.core.engine.Outcome;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts what happened, so that a clean run can be told from one in which nothing happened. Not thread-safe. */
public final class Tally {

    // Made once, not with every message.
    private static final ClassValue<String> STEPS = new Named("step ");
    private static final ClassValue<String> OUTCOMES = new Named("outcome ");
    private static final ClassValue<String> RESULTS = new Named("result ");
    private static final String EVENTS = "events";

    private final Map<String, Count> counts = new HashMap<>();
    private final Map<Fault, Long> happenings = new EnumMap<>(Fault.class);
    private final Map<Fault, Long> effects = new EnumMap<>(Fault.class);

    private static final class Count {
        private long number;
    }

    /** Names of classes after a prefix. */
    private static final class Named extends ClassValue<String> {

        private final String prefix;

        Named(String prefix) {
            this.prefix = prefix;
        }

        @Override
        protected String computeValue(Class<?> type) {
            return prefix + type.getSimpleName();
        }
    }

    void step(Step step) {
        count(STEPS.get(step.getClass()));
    }

    /** A misfortune happened. */
    void happened(Fault fault) {
        happenings.merge(fault, 1L, Long::sum);
    }

    /** A misfortune that happened made itself felt. */
    void effect(Fault fault) {
        effect(fault, 1);
    }

    /** A misfortune that happened made itself felt so many times. */
    void effect(Fault fault, long times) {
        if (times > 0) {
            effects.merge(fault, times, Long::sum);
        }
    }

    /** How many misfortunes of a kind happened. */
    public long happenings(Fault fault) {
        return happenings.getOrDefault(fault, 0L);
    }

    /** How often misfortunes of a kind made themselves felt, in the unit of {@link Fault#effect}. */
    public long effects(Fault fault) {
        return effects.getOrDefault(fault, 0L);
    }

    void outcome(Outcome outcome) {
        count(OUTCOMES.get(outcome.getClass()));
    }

    void exchange(ExchangeRequest request, ExchangeAnswer answer) {
        count(request.batch().isPresent() ? "exchange with batch" : "exchange");
        if (answer instanceof ExchangeAnswer.Applied applied) {
            for (ChangeResult result : applied.results()) {
                count(RESULTS.get(result.getClass()));
                if (result instanceof ChangeResult.Refused refused) {
                    count("refused " + refused.code());
                }
            }
        }
    }

    private void count(String what) {
        count(what, 1);
    }

    private void count(String what, long times) {
        counts.computeIfAbsent(what, first -> new Count()).number += times;
    }

    /** So many events happened. */
    void events(long number) {
        count(EVENTS, number);
    }

    /** How many events happened, those after the faults had stopped included; see {@link Length.Unit#EVENTS}. */
    public long events() {
        return counts.getOrDefault(EVENTS, new Count()).number;
    }

    /** The counts by what was counted, in the order of its names. */
    public Map<String, Long> counts() {
        TreeMap<String, Long> all = new TreeMap<>();
        counts.forEach((what, count) -> all.put(what, count.number));
        happenings.forEach((fault, count) -> all.put("fault " + fault, count));
        effects.forEach((fault, count) -> all.put("effect " + fault, count));
        return all;
    }

    /** Adds another world's counts. */
    public void add(Tally other) {
        other.counts.forEach((what, count) -> count(what, count.number));
        other.happenings.forEach((fault, count) -> happenings.merge(fault, count, Long::sum));
        other.effects.forEach((fault, count) -> effects.merge(fault, count, Long::sum));
    }
}
