package io.holdfast.testkit.gen;

/** The labels of this package's spans. */
final class Labels {

    static final int ELEMENT = 1;
    static final int RECURSION = 2;

    private Labels() {}
}
