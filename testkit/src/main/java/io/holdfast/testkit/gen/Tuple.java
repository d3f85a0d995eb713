package io.holdfast.testkit.gen;

/** A few values side by side, for checks that take more than one. */
public sealed interface Tuple {

    /** Two values. */
    record Two<A, B>(A first, B second) implements Tuple {}

    /** Three values. */
    record Three<A, B, C>(A first, B second, C third) implements Tuple {}

    /** Four values. */
    record Four<A, B, C, D>(A first, B second, C third, D fourth) implements Tuple {}
}
