package io.holdfast.testkit.gen;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The choices that built a case, with the spans of choices that belong together. Immutable.
 *
 * <p>Recordings are ordered shortest first, then by their choices as unsigned numbers ("shortlex"): smaller means simpler.
 */
public final class Recording implements Comparable<Recording> {

    /** A part of the recording: choices from {@code start} to before {@code end}; spans of one label are interchangeable. */
    public record Span(int start, int end, int label, int depth) {

        /** The number of choices in this span. */
        public int length() {
            return end - start;
        }

        /** Whether {@code other} lies inside this span and is shorter. */
        public boolean contains(Span other) {
            return start <= other.start && other.end <= end && other.length() < length();
        }
    }

    private final long[] choices;
    private final List<Span> spans;

    Recording(long[] choices, List<Span> spans) {
        this.choices = choices;
        this.spans = List.copyOf(spans);
    }

    /** Returns the number of choices. */
    public int size() {
        return choices.length;
    }

    /** Returns one choice, to be read as unsigned. */
    public long choice(int index) {
        return choices[index];
    }

    /** Returns a copy of all choices. */
    public long[] choices() {
        return choices.clone();
    }

    /** Returns the spans in the order in which they began: an outer span stands before the spans inside. */
    public List<Span> spans() {
        return spans;
    }

    @Override
    public int compareTo(Recording other) {
        return compare(choices, other.choices);
    }

    /** Compares two sequences of choices by the order of recordings. */
    public static int compare(long[] left, long[] right) {
        if (left.length != right.length) {
            return Integer.compare(left.length, right.length);
        }
        int at = Arrays.mismatch(left, right);
        return at < 0 ? 0 : Long.compareUnsigned(left[at], right[at]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recording recording && Arrays.equals(choices, recording.choices);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(choices);
    }

    /** Returns the choices in hexadecimal with blanks between; {@link #parse} reads it. */
    @Override
    public String toString() {
        return Arrays.stream(choices).mapToObj(Long::toHexString).collect(Collectors.joining(" "));
    }

    /**
     * Reads choices as {@link #toString} writes them.
     *
     * @throws NumberFormatException if the text holds anything but hexadecimal numbers of up to 64 bits
     */
    public static long[] parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return new long[0];
        }
        return Arrays.stream(trimmed.split("\\s+"))
                .mapToLong(word -> Long.parseUnsignedLong(word, 16))
                .toArray();
    }
}
