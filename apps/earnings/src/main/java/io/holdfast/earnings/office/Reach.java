package io.holdfast.earnings.office;

import io.holdfast.core.value.TextOrder;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whose records somebody may look at. */
public sealed interface Reach {

    /** Everybody's. */
    record Everybody() implements Reach {}

    /** Those of some users, ascending as the storage orders them. */
    record Users(SortedSet<String> users) implements Reach {
        /** Copies. */
        public Users {
            TreeSet<String> ordered = new TreeSet<>(TextOrder.BYTEWISE);
            ordered.addAll(users);
            users = Collections.unmodifiableSortedSet(ordered);
        }
    }
}
