package io.holdfast.testkit.gen;

/** Functions of several values, usually the constructor of a record: {@code Gens.zip(a, b, c, Point::new)}. */
public final class Combine {

    private Combine() {}

    /** Makes one value of two. */
    @FunctionalInterface
    public interface Of2<A, B, R> {
        /** Returns the combined value. */
        R apply(A a, B b);
    }

    /** Makes one value of three. */
    @FunctionalInterface
    public interface Of3<A, B, C, R> {
        /** Returns the combined value. */
        R apply(A a, B b, C c);
    }

    /** Makes one value of four. */
    @FunctionalInterface
    public interface Of4<A, B, C, D, R> {
        /** Returns the combined value. */
        R apply(A a, B b, C c, D d);
    }

    /** Makes one value of five. */
    @FunctionalInterface
    public interface Of5<A, B, C, D, E, R> {
        /** Returns the combined value. */
        R apply(A a, B b, C c, D d, E e);
    }

    /** Makes one value of six. */
    @FunctionalInterface
    public interface Of6<A, B, C, D, E, F, R> {
        /** Returns the combined value. */
        R apply(A a, B b, C c, D d, E e, F f);
    }
}
