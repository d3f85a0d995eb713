package io.holdfast.testkit.gen;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The generators to begin with. What each shrinks to is said where it is not plain: numbers to 0, collections and texts to the shortest,
 * alternatives to the first. Numbers, texts and sizes favour their edges. Stateless.
 */
public final class Gens {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Gens() {}

    /** Always {@code value}. */
    public static <T> Gen<T> constant(T value) {
        return choices -> value;
    }

    /** True and false; shrinks to false. */
    public static Gen<Boolean> booleans() {
        return choices -> choices.draw(1) == 1;
    }

    /** Any int. */
    public static Gen<Integer> ints() {
        return ints(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** Ints from {@code min} to {@code max}, both included; shrinks to the one nearest to 0. */
    public static Gen<Integer> ints(int min, int max) {
        Gen<Long> longs = Numbers.longs(min, max);
        return choices -> longs.next(choices).intValue();
    }

    /** Any long. */
    public static Gen<Long> longs() {
        return longs(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Longs from {@code min} to {@code max}, both included; shrinks to the one nearest to 0. */
    public static Gen<Long> longs(long min, long max) {
        return Numbers.longs(min, max);
    }

    /** Doubles other than infinities and NaN, with -0.0 among them; shrinks to 0.0, and prefers whole numbers and hundredths. */
    public static Gen<Double> doubles() {
        return Numbers.doubles();
    }

    /** Decimals of exactly {@code scale} fraction digits and at most {@code precision} digits; {@code 0 <= scale <= precision}. */
    public static Gen<BigDecimal> decimals(int precision, int scale) {
        return Numbers.decimals(precision, scale);
    }

    /** Well-formed text of up to {@link Gen#SIZE_MAX} code points, without NUL: what a {@code TEXT} field takes. */
    public static Gen<String> texts() {
        return texts(0, Gen.SIZE_MAX);
    }

    /** Well-formed text of {@code min} to {@code max} code points, without NUL. */
    public static Gen<String> texts(int min, int max) {
        return strings(Texts.codePoints().filter(codePoint -> codePoint != 0), min, max);
    }

    /** Any strings of up to {@link Gen#SIZE_MAX} characters, with NUL and lone surrogates among them. */
    public static Gen<String> strings() {
        return strings(Texts.codePointsAndSurrogates(), 0, Gen.SIZE_MAX);
    }

    /** Strings of {@code min} to {@code max} of the given code points. */
    public static Gen<String> strings(Gen<Integer> codePoints, int min, int max) {
        return Texts.strings(codePoints, min, max);
    }

    /** Printable ASCII of {@code min} to {@code max} characters. */
    public static Gen<String> ascii(int min, int max) {
        return strings(Texts.printable(), min, max);
    }

    /** Code points other than surrogates; shrinks to {@code 'a'}. */
    public static Gen<Integer> codePoints() {
        return Texts.codePoints();
    }

    /** Arrays of {@code min} to {@code max} bytes. */
    public static Gen<byte[]> bytes(int min, int max) {
        return ints(0, 255).list(min, max).map(Gens::toBytes);
    }

    /** Instants of whole microseconds in the years 0001 to 9999; shrinks to 1970. */
    public static Gen<Instant> instants() {
        return instants(EARLIEST, LATEST);
    }

    /** Instants of whole microseconds from {@code min} to {@code max}, both included; shrinks to the one nearest to 1970. */
    public static Gen<Instant> instants(Instant min, Instant max) {
        return longs(ChronoUnit.MICROS.between(Instant.EPOCH, min), ChronoUnit.MICROS.between(Instant.EPOCH, max))
                .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }

    /** Durations of whole microseconds from {@code min} to {@code max}, both included; shrinks to the one nearest to zero. */
    public static Gen<Duration> durations(Duration min, Duration max) {
        return longs(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(min)), max.toNanos() / 1_000)
                .map(micros -> Duration.of(micros, ChronoUnit.MICROS));
    }

    /** One of the given values, all equally likely; shrinks to the first. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> Gen<T> pick(T... values) {
        return pick(Arrays.asList(values));
    }

    /** One element of a list that is not empty, all equally likely; shrinks to the first. */
    public static <T> Gen<T> pick(List<? extends T> values) {
        List<T> kept = List.copyOf(values);
        requireSome(kept);
        return choices -> kept.get(choices.index(kept.size()));
    }

    /** A value of one of the generators, all equally likely; shrinks to the first: give the simplest first. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> Gen<T> oneOf(Gen<? extends T>... gens) {
        List<Gen<? extends T>> kept = List.of(gens);
        requireSome(kept);
        return choices -> kept.get(choices.index(kept.size())).next(choices);
    }

    /** A value of one of the weighted alternatives; shrinks to the first: {@code frequency(weighted(9, usual), weighted(1, rare))}. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> Gen<T> frequency(Weighted<? extends T>... alternatives) {
        List<Weighted<? extends T>> kept = List.of(alternatives);
        requireSome(kept);
        Choices.Sampler byWeight =
                Weighted.sampler(kept.stream().mapToInt(Weighted::weight).toArray());
        return choices ->
                kept.get((int) choices.draw(kept.size() - 1L, byWeight)).gen().next(choices);
    }

    /** An alternative of {@link #frequency}, {@code weight} times as likely as one of weight 1; {@code weight >= 1}. */
    public static <T> Weighted<T> weighted(int weight, Gen<T> gen) {
        return new Weighted<>(weight, gen);
    }

    /** Unmodifiable maps of {@code min} to {@code max} entries, in the order drawn. */
    public static <K, V> Gen<Map<K, V>> maps(Gen<K> keys, Gen<V> values, int min, int max) {
        Gen<Set<K>> keySets = keys.set(min, max);
        return choices -> {
            Map<K, V> map = new LinkedHashMap<>();
            keySets.next(choices).forEach(key -> map.put(key, values.next(choices)));
            return Collections.unmodifiableMap(map);
        };
    }

    /** The elements of a list in any order; shrinks to the order given. */
    public static <T> Gen<List<T>> permutations(List<? extends T> values) {
        return choices -> {
            List<T> shuffled = new ArrayList<>(values);
            for (int i = 0; i < shuffled.size() - 1; i++) {
                Collections.swap(shuffled, i, i + choices.index(shuffled.size() - i));
            }
            return Collections.unmodifiableList(shuffled);
        };
    }

    /** Any part of a list, in its order; shrinks to nothing. */
    public static <T> Gen<List<T>> parts(List<? extends T> values) {
        return choices -> {
            List<T> part = new ArrayList<>();
            values.forEach(value -> {
                if (choices.draw(1) == 1) {
                    part.add(value);
                }
            });
            return Collections.unmodifiableList(part);
        };
    }

    /**
     * Values that hold values of their own kind: a leaf, or what {@code branch} makes of the generator of the levels below. Shrinks to
     * a leaf, and a branch to one of its children.
     *
     * @param depthMax the most branches on one way down, from 0
     */
    public static <T> Gen<T> recursive(Gen<T> leaf, UnaryOperator<Gen<T>> branch, int depthMax) {
        Gen<T> level = choices -> {
            choices.forced(0);
            return leaf.next(choices);
        };
        for (int i = 0; i < depthMax; i++) {
            Gen<T> below = level;
            Gen<T> branches = branch.apply(choices -> choices.span(Labels.RECURSION, below));
            level = choices -> choices.draw(1) == 0 ? leaf.next(choices) : branches.next(choices);
        }
        Gen<T> top = level;
        return choices -> choices.span(Labels.RECURSION, top);
    }

    /** Two values side by side. */
    public static <A, B> Gen<Tuple.Two<A, B>> tuple(Gen<A> a, Gen<B> b) {
        return zip(a, b, Tuple.Two::new);
    }

    /** Three values side by side. */
    public static <A, B, C> Gen<Tuple.Three<A, B, C>> tuple(Gen<A> a, Gen<B> b, Gen<C> c) {
        return zip(a, b, c, Tuple.Three::new);
    }

    /** Four values side by side. */
    public static <A, B, C, D> Gen<Tuple.Four<A, B, C, D>> tuple(Gen<A> a, Gen<B> b, Gen<C> c, Gen<D> d) {
        return zip(a, b, c, d, Tuple.Four::new);
    }

    /** What {@code combine} makes of two values. */
    public static <A, B, R> Gen<R> zip(Gen<A> a, Gen<B> b, Combine.Of2<? super A, ? super B, ? extends R> combine) {
        return choices -> combine.apply(a.next(choices), b.next(choices));
    }

    /** What {@code combine} makes of three values. */
    public static <A, B, C, R> Gen<R> zip(
            Gen<A> a, Gen<B> b, Gen<C> c, Combine.Of3<? super A, ? super B, ? super C, ? extends R> combine) {
        return choices -> combine.apply(a.next(choices), b.next(choices), c.next(choices));
    }

    /** What {@code combine} makes of four values. */
    public static <A, B, C, D, R> Gen<R> zip(
            Gen<A> a,
            Gen<B> b,
            Gen<C> c,
            Gen<D> d,
            Combine.Of4<? super A, ? super B, ? super C, ? super D, ? extends R> combine) {
        return choices -> combine.apply(a.next(choices), b.next(choices), c.next(choices), d.next(choices));
    }

    /** What {@code combine} makes of five values. */
    public static <A, B, C, D, E, R> Gen<R> zip(
            Gen<A> a, Gen<B> b, Gen<C> c, Gen<D> d, Gen<E> e, Combine.Of5<A, B, C, D, E, ? extends R> combine) {
        return choices ->
                combine.apply(a.next(choices), b.next(choices), c.next(choices), d.next(choices), e.next(choices));
    }

    /** What {@code combine} makes of six values. */
    public static <A, B, C, D, E, F, R> Gen<R> zip(
            Gen<A> a,
            Gen<B> b,
            Gen<C> c,
            Gen<D> d,
            Gen<E> e,
            Gen<F> f,
            Combine.Of6<A, B, C, D, E, F, ? extends R> combine) {
        return choices -> combine.apply(
                a.next(choices), b.next(choices), c.next(choices), d.next(choices), e.next(choices), f.next(choices));
    }

    private static void requireSome(List<?> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one to choose from");
        }
    }

    private static byte[] toBytes(List<Integer> values) {
        byte[] bytes = new byte[values.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = values.get(i).byteValue();
        }
        return bytes;
    }
}
