package io.holdfast.simulation.world;

import io.holdfast.core.engine.Outcome;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import java.util.Map;
import java.util.TreeMap;

/** Counts what happened, so that a clean run can be told from one in which nothing happened. Not thread-safe. */
public final class Tally {

    private final TreeMap<String, Long> counts = new TreeMap<>();

    void step(Step step) {
        count("step " + step.getClass().getSimpleName());
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

    /** The counts by what was counted. */
    public Map<String, Long> counts() {
        return counts;
    }

    /** Adds another world's counts. */
    public void add(Tally other) {
        other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }
}
