package io.holdfast.testkit.gen;

import io.holdfast.testkit.random.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The source that generators draw from: it records every choice and can replay a recorded sequence.
 *
 * <p>A choice is a number from 0 to a maximum. Generators are parsers of choices, and 0 must always mean the simplest way on (stop
 * the list, take the first alternative, the value nearest to zero); then a shorter sequence of smaller choices is a simpler value,
 * and shrinking needs to know nothing of the values. This is the internal reduction of MacIver and Donaldson, "Test-Case Reduction
 * via Test-Case Generation: Insights from the Hypothesis Reducer", ECOOP 2020.
 *
 * <p>A replay that runs out of choices goes on with zeros; a choice above its maximum is lowered to it. Not thread-safe.
 */
public final class Choices {

    /** The most choices that one case may draw; a case that wants more is rejected. */
    public static final int CHOICES_MAX = 1 << 20;

    /** How often {@link #firstKept} draws before it rejects the case. */
    public static final int ATTEMPTS_MAX = 100;

    /** Where a random choice comes from when it is not to be uniform. */
    @FunctionalInterface
    public interface Sampler {
        /** Returns a number from 0 to the maximum of the choice, read as unsigned. */
        long sample(SeededRandom random);
    }

    /** A point of the recording to which {@link #forget} can go back. */
    public record Mark(int choices, int spans) {}

    private static final int OPEN = -1;

    private final SeededRandom random;
    private final boolean replaying;
    private final boolean noting;
    private final long[] given;
    private final List<String> notes = new ArrayList<>();
    private long[] recorded = new long[32];
    private int size;
    private int drawn;
    private int[] spanStarts = new int[16];
    private int[] spanEnds = new int[16];
    private int[] spanLabels = new int[16];
    private int[] spanDepths = new int[16];
    private int spanCount;
    private int depth;

    private Choices(SeededRandom random, boolean replaying, boolean noting, long[] given) {
        this.random = random;
        this.replaying = replaying;
        this.noting = noting;
        this.given = given;
    }

    /** Returns a source of fresh choices, drawn from {@code random}. */
    public static Choices random(SeededRandom random) {
        return new Choices(random, false, false, new long[0]);
    }

    /** Returns a source that gives {@code choices} again, then zeros. */
    public static Choices replaying(long... choices) {
        return new Choices(new SeededRandom(0), true, false, choices.clone());
    }

    /** Returns a source that replays {@code choices} and keeps the notes that are made meanwhile. */
    public static Choices narrating(long... choices) {
        return new Choices(new SeededRandom(0), true, true, choices.clone());
    }

    /** Returns a choice from 0 to {@code max} (both included, unsigned), all equally likely. */
    public long draw(long max) {
        return record(replaying ? replayed(max) : random.upTo(max));
    }

    /** Returns a choice from 0 to {@code max} (both included, unsigned), as likely as {@code sampler} makes it. */
    public long draw(long max, Sampler sampler) {
        return record(replaying ? replayed(max) : atMost(sampler.sample(random), max));
    }

    /** Returns an index from 0 to before {@code bound}, all equally likely. */
    public int index(int bound) {
        return (int) draw(bound - 1L);
    }

    /** Records a choice that is no choice: it keeps the layout of a span the same wherever the span stands. */
    public long forced(long value) {
        if (replaying) {
            replayed(value);
        }
        return record(value);
    }

    /**
     * Returns a random number that is not recorded, and 0 when replaying. It may shape how likely later choices are, never what
     * they mean: whatever it decides must be drawn.
     */
    public long hint(Sampler sampler) {
        return replaying ? 0 : sampler.sample(random);
    }

    /** Draws a value inside a span. Spans of one label can replace each other, be reordered and be deleted by the shrinker. */
    public <T> T span(int label, Gen<? extends T> gen) {
        int span = begin(label);
        T value = gen.next(this);
        end(span);
        return value;
    }

    /** Begins a span and returns its number for {@link #end}; spans nest. */
    public int begin(int label) {
        if (spanCount == spanStarts.length) {
            growSpans();
        }
        spanStarts[spanCount] = size;
        spanEnds[spanCount] = OPEN;
        spanLabels[spanCount] = label;
        spanDepths[spanCount] = depth++;
        return spanCount++;
    }

    /** Ends the span that {@link #begin} returned. */
    public void end(int span) {
        depth--;
        spanEnds[span] = size;
    }

    /** Returns the present point of the recording. */
    public Mark mark() {
        return new Mark(size, spanCount);
    }

    /** Takes what was drawn since {@code mark} out of the recording; every span begun since must have ended. */
    public void forget(Mark mark) {
        size = mark.choices();
        spanCount = mark.spans();
    }

    /** Draws until {@code keep} accepts a value; refused values leave no choices behind. Rejects the case after {@link #ATTEMPTS_MAX}. */
    public <T> T firstKept(Gen<? extends T> gen, Predicate<? super T> keep) {
        Mark mark = mark();
        int attempts = replaying ? 1 : ATTEMPTS_MAX;
        for (int i = 0; i < attempts; i++) {
            T value = gen.next(this);
            if (keep.test(value)) {
                return value;
            }
            forget(mark);
        }
        throw new Rejected(
                "A filter refused " + attempts + " values in a row; build fitting values instead of filtering.");
    }

    /** Adds a line to the description of this case; evaluated only when a failure is being reported. */
    public void note(Supplier<String> line) {
        if (noting) {
            notes.add(line.get());
        }
    }

    /** Returns the lines noted so far. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Returns what was recorded so far. */
    public Recording recording() {
        List<Recording.Span> spans = new ArrayList<>(spanCount);
        for (int i = 0; i < spanCount; i++) {
            // A span that a failure left open ends where the recording ends.
            int spanEnd = spanEnds[i] == OPEN ? size : spanEnds[i];
            spans.add(new Recording.Span(spanStarts[i], spanEnd, spanLabels[i], spanDepths[i]));
        }
        return new Recording(Arrays.copyOf(recorded, size), spans);
    }

    private long replayed(long max) {
        long next = drawn < given.length ? given[drawn] : 0;
        return atMost(next, max);
    }

    private static long atMost(long value, long max) {
        return Long.compareUnsigned(value, max) > 0 ? max : value;
    }

    private long record(long value) {
        if (++drawn > CHOICES_MAX) {
            throw new Rejected("The case draws more than " + CHOICES_MAX + " choices; generate smaller values.");
        }
        if (size == recorded.length) {
            recorded = Arrays.copyOf(recorded, size * 2);
        }
        recorded[size++] = value;
        return value;
    }

    private void growSpans() {
        int length = spanCount * 2;
        spanStarts = Arrays.copyOf(spanStarts, length);
        spanEnds = Arrays.copyOf(spanEnds, length);
        spanLabels = Arrays.copyOf(spanLabels, length);
        spanDepths = Arrays.copyOf(spanDepths, length);
    }
}
