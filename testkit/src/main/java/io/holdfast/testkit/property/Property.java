package io.holdfast.testkit.property;

import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.gen.Rejected;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A statement that must hold for every generated case:
 *
 * {@snippet :
 * Property.of("addition commutes").tries(1_000).forAll(Gens.ints(), Gens.ints(), (a, b) -> assertThat(a + b).isEqualTo(b + a));
 * }
 *
 * <p>The seed follows from the name, so every run tries the same cases; {@code -Dholdfast.seed=N} takes another seed,
 * {@code -Dholdfast.seed=random} a fresh one, {@code -Dholdfast.tries=N} tries N times as many. The simplest case is always among
 * them. A failure throws an {@link AssertionError} that holds the seed, the smallest failing case found and, as its cause, what the
 * body threw for it. The body must depend on nothing but its case. Immutable and thread-safe.
 */
public final class Property {

    private final String name;
    private final Effort effort;
    private final Optional<Path> regressions;

    private Property(String name, Effort effort, Optional<Path> regressions) {
        this.name = name;
        this.effort = effort;
        this.regressions = regressions;
    }

    /** Returns a property that is tried 200 times; {@code name} says what holds. */
    public static Property of(String name) {
        return new Property(name, Effort.usual(name), Optional.empty());
    }

    /** Discards the present case unless {@code condition} holds. Prefer generators that build fitting cases. */
    public static void assume(boolean condition) {
        if (!condition) {
            throw new Rejected("An assumption does not hold.");
        }
    }

    /** Returns this property with another number of cases, from 1. */
    public Property tries(int tries) {
        return new Property(name, effort.withTries(tries), regressions);
    }

    /** Returns this property with a seed of its own. */
    public Property seed(long seed) {
        return new Property(name, effort.withSeed(seed), regressions);
    }

    /** Returns this property with another limit for the cases run while shrinking; lower it (default 5,000) for slow bodies. */
    public Property shrinks(int shrinks) {
        return new Property(name, effort.withShrinks(shrinks), regressions);
    }

    /** Returns this property with failures kept in {@code folder}, one file a property; kept cases are tried first. */
    public Property regressions(Path folder) {
        return new Property(name, effort, Optional.of(folder));
    }

    /** Checks every case of one value. */
    public <A> void forAll(Gen<A> gen, Body.Of1<? super A> body) {
        drawing(choices -> {
            A value = gen.next(choices);
            choices.note(() -> Rendering.of(value));
            body.check(value);
        });
    }

    /** Checks every case of two values. */
    public <A, B> void forAll(Gen<A> a, Gen<B> b, Body.Of2<? super A, ? super B> body) {
        forAll(Gens.tuple(a, b), both -> body.check(both.first(), both.second()));
    }

    /** Checks every case of three values. */
    public <A, B, C> void forAll(Gen<A> a, Gen<B> b, Gen<C> c, Body.Of3<? super A, ? super B, ? super C> body) {
        forAll(Gens.tuple(a, b, c), all -> body.check(all.first(), all.second(), all.third()));
    }

    /** Checks every case of four values. */
    public <A, B, C, D> void forAll(
            Gen<A> a, Gen<B> b, Gen<C> c, Gen<D> d, Body.Of4<? super A, ? super B, ? super C, ? super D> body) {
        forAll(Gens.tuple(a, b, c, d), all -> body.check(all.first(), all.second(), all.third(), all.fourth()));
    }

    /**
     * Checks every case of a body that draws its own values while it runs; {@link Choices#note} describes them.
     *
     * @throws AssertionError if a case fails, if a failure does not repeat, or if too many cases are discarded
     */
    public void drawing(Body.Drawing body) {
        new Trial(name, effort.adjusted(), body, regressions.map(folder -> new Regressions(folder, name))).run();
    }
}
