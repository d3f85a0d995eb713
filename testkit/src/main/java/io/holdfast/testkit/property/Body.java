package io.holdfast.testkit.property;

import io.holdfast.testkit.gen.Choices;

/** What a property checks of each case: it throws, usually an {@link AssertionError}, when the property does not hold. */
public final class Body {

    private Body() {}

    /** A check of one value. */
    @FunctionalInterface
    public interface Of1<A> {
        /** Checks one case. */
        void check(A a) throws Exception;
    }

    /** A check of two values. */
    @FunctionalInterface
    public interface Of2<A, B> {
        /** Checks one case. */
        void check(A a, B b) throws Exception;
    }

    /** A check of three values. */
    @FunctionalInterface
    public interface Of3<A, B, C> {
        /** Checks one case. */
        void check(A a, B b, C c) throws Exception;
    }

    /** A check of four values. */
    @FunctionalInterface
    public interface Of4<A, B, C, D> {
        /** Checks one case. */
        void check(A a, B b, C c, D d) throws Exception;
    }

    /** A check that draws as it goes, so that what is drawn may depend on what happened. */
    @FunctionalInterface
    public interface Drawing {
        /** Checks one case; what it passes to {@link Choices#note} describes the case in a report. */
        void check(Choices choices) throws Exception;
    }
}
