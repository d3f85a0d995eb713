package io.holdfast.server.run.lease;

import java.util.function.Predicate;

/**
 * A process that may hold leases.
 *
 * @param name the same for all of its leases, and no other process's of this time
 * @param gone whether a process of that name is known not to run any more; nothing is known of other machines
 */
public record Holder(String name, Predicate<String> gone) {

    boolean knowsToBeGone(String other) {
        return gone.test(other);
    }
}
