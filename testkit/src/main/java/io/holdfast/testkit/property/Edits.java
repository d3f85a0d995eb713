package io.holdfast.testkit.property;

import io.holdfast.testkit.gen.Recording.Span;
import java.util.Arrays;

/** Changed copies of sequences of choices. */
final class Edits {

    private Edits() {}

    static long[] without(long[] choices, Span span) {
        return without(choices, span.start(), span.end());
    }

    static long[] without(long[] choices, int start, int end) {
        return spliced(choices, start, end, new long[0]);
    }

    static long[] replaced(long[] choices, Span to, Span from) {
        return spliced(choices, to.start(), to.end(), Arrays.copyOfRange(choices, from.start(), from.end()));
    }

    static long[] swapped(long[] choices, Span first, Span second) {
        long[] swapped = choices.clone();
        System.arraycopy(choices, second.start(), swapped, first.start(), second.length());
        System.arraycopy(choices, first.start(), swapped, first.start() + second.length(), first.length());
        return swapped;
    }

    static long[] lowered(long[] choices, int index, long by) {
        long[] lowered = choices.clone();
        lowered[index] -= by;
        return lowered;
    }

    static long[] replacedAt(long[] choices, int index, long value) {
        long[] replaced = choices.clone();
        replaced[index] = value;
        return replaced;
    }

    static long[] loweredEquals(long[] choices, long value, long by) {
        return Arrays.stream(choices)
                .map(choice -> choice == value ? choice - by : choice)
                .toArray();
    }

    static long[] moved(long[] choices, int from, int to, long by) {
        long[] moved = lowered(choices, from, by);
        moved[to] += by;
        return moved;
    }

    private static long[] spliced(long[] choices, int start, int end, long[] middle) {
        long[] spliced = Arrays.copyOf(choices, choices.length - (end - start) + middle.length);
        System.arraycopy(middle, 0, spliced, start, middle.length);
        System.arraycopy(choices, end, spliced, start + middle.length, choices.length - end);
        return spliced;
    }
}
