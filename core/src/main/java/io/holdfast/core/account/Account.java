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
        return states.values().stream().allMatch(count -> count >= 0)
                && states.values().stream().mapToLong(Long::longValue).sum() == made;
    }

    /** A new change, waiting to be sent. */
    public Account make() {
        return new Account(made + 1, states).shift(ChangeState.PENDING, 1);
    }

    /** Moves one change from a state to another. */
    public Account move(ChangeState from, ChangeState to) {
        return from == to ? this : shift(from, -1).shift(to, 1);
    }

    private Account shift(ChangeState state, long by) {
        EnumMap<ChangeState, Long> next = new EnumMap<>(ChangeState.class);
        next.putAll(states);
        next.merge(state, by, Long::sum);
        return new Account(made, next);
    }
}
