package io.holdfast.core.engine;

import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a device wants from the server next. */
public sealed interface Work {

    /** Push what is pending, pull what has changed. */
    record Exchange() implements Work {}

    /**
     * Withdraw the frozen batch, over which the server fails: an empty batch takes its number, if the server has not applied it.
     *
     * @param changes how many the withdrawn batch holds
     * @param alone what the server said of the batch, if its changes cannot be divided and are to go into quarantine
     */
    record Withdraw(int changes, Optional<Failure> alone) implements Work {}

    /**
     * Find out where the records differ: first step.
     *
     * @param nonce hexadecimal digits of a challenge over the actual rows; empty to compare the stored digests
     */
    record CompareNodes(String nonce) implements Work {}

    /** Find out which records differ: second step. */
    record CompareLeaves(String nonce, SortedSet<Integer> leaves) implements Work {
        /** Copies. */
        public CompareLeaves {
            leaves = new TreeSet<>(leaves);
        }
    }
}
