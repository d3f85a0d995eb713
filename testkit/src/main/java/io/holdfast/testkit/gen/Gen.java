package io.holdfast.testkit.gen;

import io.holdfast.testkit.random.SeededRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A generator: builds a value of the choices that it draws. The same choices give an equal value. Immutable and thread-safe.
 *
 * <p>A generator of one's own is a lambda that calls others: {@code choices -> new Point(x.next(choices), y.next(choices))}.
 *
 * @param <T> what is generated
 */
@FunctionalInterface
public interface Gen<T> {

    /** The most elements of a collection whose size is not given. */
    int SIZE_MAX = 50;

    /**
     * Builds the next value.
     *
     * @throws Rejected if these choices lead to no value
     */
    T next(Choices choices);

    /** Returns a generator of {@code function}'s results. */
    default <R> Gen<R> map(Function<? super T, ? extends R> function) {
        return choices -> function.apply(next(choices));
    }

    /** Returns a generator that goes on with the generator made from this one's value. */
    default <R> Gen<R> flatMap(Function<? super T, ? extends Gen<? extends R>> function) {
        return choices -> function.apply(next(choices)).next(choices);
    }

    /** Returns a generator of the values that {@code keep} accepts; it rejects the case after {@link Choices#ATTEMPTS_MAX} refusals. */
    default Gen<T> filter(Predicate<? super T> keep) {
        return choices -> choices.firstKept(this, keep);
    }

    /** Returns a generator of values and of their absence, a quarter of the time; it shrinks to absence. */
    default Gen<Optional<T>> optional() {
        return choices -> choices.draw(1, random -> random.upTo(3) == 0 ? 0 : 1) == 0
                ? Optional.empty()
                : Optional.of(next(choices));
    }

    /** Returns a generator of unmodifiable lists of up to {@link #SIZE_MAX} elements. */
    default Gen<List<T>> list() {
        return list(0, SIZE_MAX);
    }

    /** Returns a generator of unmodifiable lists of {@code min} to {@code max} elements. */
    default Gen<List<T>> list(int min, int max) {
        Sizes sizes = new Sizes(min, max);
        return choices -> {
            List<T> values = new ArrayList<>();
            int target = sizes.target(choices);
            boolean more = true;
            while (more) {
                int span = choices.begin(Labels.ELEMENT);
                more = sizes.more(choices, values.size(), target);
                if (more) {
                    values.add(next(choices));
                }
                choices.end(span);
            }
            return Collections.unmodifiableList(values);
        };
    }

    /**
     * Returns a generator of unmodifiable sets of {@code min} to {@code max} elements, in the order drawn. It rejects the case when this
     * generator does not know {@code min} different values.
     */
    default Gen<Set<T>> set(int min, int max) {
        Sizes sizes = new Sizes(min, max);
        return choices -> Collections.unmodifiableSet(distinct(choices, sizes));
    }

    private Set<T> distinct(Choices choices, Sizes sizes) {
        Set<T> values = new LinkedHashSet<>();
        int target = sizes.target(choices);
        int repeats = 0;
        boolean more = true;
        while (more) {
            Choices.Mark mark = choices.mark();
            int span = choices.begin(Labels.ELEMENT);
            more = sizes.more(choices, values.size(), target);
            boolean fresh = !more || values.add(next(choices));
            choices.end(span);
            if (!fresh) {
                choices.forget(mark);
                repeats++;
            }
            if (repeats > Choices.ATTEMPTS_MAX) {
                throw new Rejected(
                        "The generator knows too few different values for a set of at least " + sizes.min() + ".");
            }
        }
        return values;
    }

    /** Returns one value, the same for the same seed. */
    default T sample(long seed) {
        return samples(seed, 1).get(0);
    }

    /**
     * Returns {@code count} values, the same for the same seed.
     *
     * @throws Rejected if none of {@link Choices#ATTEMPTS_MAX} cases in a row gives a value
     */
    default List<T> samples(long seed, int count) {
        SeededRandom random = new SeededRandom(seed);
        List<T> values = new ArrayList<>(count);
        int refused = 0;
        while (values.size() < count) {
            try {
                values.add(next(Choices.random(random.split())));
                refused = 0;
            } catch (Rejected rejected) {
                refused++;
                if (refused > Choices.ATTEMPTS_MAX) {
                    throw rejected;
                }
            }
        }
        return values;
    }
}
