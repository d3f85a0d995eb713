package io.holdfast.core.value;

import java.util.Comparator;

/** The order of incarnations: as unsigned numbers. */
public final class IncarnationOrder {

    /** One object for all: a sorted map is copied as it is only into one with the very same comparator. */
    public static final Comparator<Long> UNSIGNED = Long::compareUnsigned;

    private IncarnationOrder() {}
}
