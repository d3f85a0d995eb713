package io.holdfast.core.account;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many of a replica's changes are in which state. The states add up to the changes ever made: {@link #balanced} is the
 * promise that none is unaccounted for. Immutable.
 *
 * @param made changes ever made by this store
 * @param states how many are in each state; states without changes may be left out
 */
public record Account(long made, Map<ChangeState, Long> states) {

    /** Nothing was ever changed. */
    public static final Account EMPTY = new Account(0, Map.of());

    private static final ChangeState[] STATES = ChangeState.values();

    /** Copies, without the states that no change is in. */
    public Account {
        EnumMap<ChangeState, Long> copy = new EnumMap<>(ChangeState.class);
        copy.putAll(states);
        copy.values().removeIf(count -> count == 0);
        states = Collections.unmodifiableMap(copy);
    }

    /** How many changes are in a state. */
    public long in(ChangeState state) {
        return states.getOrDefault(state, 0L);
    }

    /** Whether every change is in a state, and none in a negative number. */
    public boolean balanced() {
        long sum = 0;
        for (long count : states.values()) {
            if (count < 0) {
                return false;
            }
            sum += count;
        }
        return sum == made;
    }

    /** A new change, waiting to be sent. */
    public Account make() {
        EnumMap<ChangeState, Long> next = copy();
        next.merge(ChangeState.PENDING, 1L, Long::sum);
        return new Account(made + 1, next);
    }

    /** Moves one change from a state to another. */
    public Account move(ChangeState from, ChangeState to) {
        if (from == to) {
            return this;
        }
        EnumMap<ChangeState, Long> next = copy();
        next.merge(from, -1L, Long::sum);
        next.merge(to, 1L, Long::sum);
        return new Account(made, next);
    }

    private EnumMap<ChangeState, Long> copy() {
        EnumMap<ChangeState, Long> copy = new EnumMap<>(ChangeState.class);
        for (ChangeState state : STATES) {
            Long count = states.get(state);
            if (count != null) {
                copy.put(state, count);
            }
        }
        return copy;
    }
}
