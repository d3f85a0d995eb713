package io.holdfast.simulation.world;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.value.CounterValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the world knows and no replica does: every followed value that was ever written durably, and which later one was
 * written over it by somebody who had seen it; and every total that an incarnation ever gave a counter.
 */
public final class Ledger {

    /** Stands for a value that was cleared on purpose. */
    static final int CLEARED = Integer.MAX_VALUE;

    /** A followed value. */
    private record Written(String scope, RecordKey key, String field, List<Integer> successors) {}

    /**
     * A counter's key of one incarnation.
     *
     * @param incarnation the store opening that counted
     */
    public record Count(String scope, RecordKey key, String field, long incarnation) {}

    private final TreeMap<Integer, Written> written = new TreeMap<>();
    private final Set<Integer> excused = new HashSet<>();
    private final Map<Count, List<CounterValue.Total>> totals = new HashMap<>();
    private final Map<Count, Long> operations = new HashMap<>();
    private final Set<Long> uncertain = new HashSet<>();
    private final Set<Count> lost = new HashSet<>();
    private final Set<Count> takenBack = new HashSet<>();
    private final Set<Count> countedAgain = new HashSet<>();

    /** A followed value is durable on a device. */
    void wrote(String scope, RecordKey key, String field, int token) {
        // A server that was restored brings a value back: it is seen, and written over, a second time.
        written.putIfAbsent(token, new Written(scope, key, field, new ArrayList<>()));
    }

    /** Somebody who saw a value wrote another over it. */
    void succeeded(int token, int by) {
        Written old = written.get(token);
        if (old != null) {
            old.successors().add(by);
        }
    }

    /** An incarnation has counted. */
    void counted(Count count, CounterValue.Total total) {
        totals.computeIfAbsent(count, ignored -> new ArrayList<>()).add(total);
        if (takenBack.contains(count)) {
            countedAgain.add(count);
        }
    }

    /** An incarnation was told to add so many units, or to take some. */
    void operated(Count count, long units) {
        operations.merge(count, units, Long::sum);
    }

    /** The sum of all that an incarnation was told to add, less what it was told to take. */
    public long operations(Count count) {
        return operations.getOrDefault(count, 0L);
    }

    /** What an incarnation counted may be given up: only what it can never exceed is certain. */
    void uncertain(long incarnation) {
        uncertain.add(incarnation);
    }

    /** Whether everything that was counted must be found. */
    public boolean certain(Count count) {
        return !uncertain.contains(count.incarnation()) && !lost.contains(count);
    }

    /** A person discarded what an incarnation had counted: an older copy of its store still has that. */
    void takeBack(Count count) {
        takenBack.add(count);
    }

    /** Where an incarnation went on counting after a person had discarded what it had counted. */
    public Set<Count> countedAgain() {
        return countedAgain;
    }

    /** Everything ever counted: all totals, oldest first. */
    public Map<Count, List<CounterValue.Total>> totals() {
        return totals;
    }

    /** The scope that a followed value was written in; empty if it was never durable. */
    public String scopeOf(int token) {
        Written known = written.get(token);
        return known == null ? "" : known.scope();
    }

    /** From now on nobody asks for what is nowhere any more: its only holder was thrown away by a person. */
    void excuseAllBut(Presence presence) {
        excused.addAll(unaccounted(presence.tokens()));
        totals.forEach((count, counted) -> {
            if (!presence.holds(count, counted.getLast())) {
                lost.add(count);
            }
        });
    }

    /** Followed values that are not present, and that nobody who knew them replaced by one that is. */
    public List<Integer> unaccounted(Set<Integer> present) {
        Set<Integer> accounted = new HashSet<>(present);
        accounted.addAll(excused);
        accounted.add(CLEARED);
        List<Integer> missing = new ArrayList<>(written.descendingKeySet());
        int before;
        // Until nothing changes: a value that came back with a restored server may be written over by an older one.
        do {
            before = missing.size();
            missing.removeIf(token -> account(token, accounted));
        } while (missing.size() < before);
        return missing;
    }

    private boolean account(int token, Set<Integer> accounted) {
        Written known = written.get(token);
        boolean found = accounted.contains(token)
                || (known != null && known.successors().stream().anyMatch(accounted::contains));
        if (found) {
            accounted.add(token);
        }
        return found;
    }

    /** A followed value, for people. */
    public String describe(int token) {
        Written known = written.get(token);
        return known == null ? "?" : "t" + token + " written to " + known.key() + " " + known.field();
    }
}
