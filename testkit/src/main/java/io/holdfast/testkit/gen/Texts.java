package io.holdfast.testkit.gen;

import io.holdfast.testkit.random.SeededRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Characters, in an order in which simpler ones come first: letters, digits, the rest of ASCII, then Unicode by code point. */
final class Texts {

    /** Where text goes wrong: quotes, escapes, controls, combining marks, directions, joiners, ends of planes and of UTF-8 lengths. */
    private static final int[] EDGES = {
        0, 1, '\t', '\n', '\r', 0x1b, ' ', '"', '\'', '\\', '%', '_', ';', '<', '&', '{', '$', 0x7f, 0x80, 0x85, 0xa0,
        0xad, 0xdf, 0xe9, 0x130, 0x131, 0x301, 0x3a3, 0x7ff, 0x800, 0x5d0, 0x200b, 0x200d, 0x2028, 0x202e, 0xd7ff,
        0xe000, 0xfeff, 0xfffd, 0xfffe, 0xffff, 0x10000, 0x1f600, 0x1f468, 0x1d11e, 0x10fffd, 0x10ffff
    };

    private static final int[] BY_SIMPLICITY = simplicity();
    private static final int[] RANK = ranks();
    private static final int ASCII_SIZE = 128;
    private static final int SURROGATES = Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1;

    private Texts() {}

    /** Code points of well-formed text, NUL included. */
    static Gen<Integer> codePoints() {
        return choices -> codePoint((int) choices.draw(Character.MAX_CODE_POINT - SURROGATES, Texts::sampleScalar));
    }

    /** Code points with single surrogates among them. */
    static Gen<Integer> codePointsAndSurrogates() {
        Gen<Integer> scalars = codePoints();
        return choices -> choices.draw(1, random -> random.upTo(15) == 0 ? 1 : 0) == 0
                ? scalars.next(choices)
                : Character.MIN_SURROGATE + choices.index(SURROGATES);
    }

    /** Printable ASCII, the blank included. */
    static Gen<Integer> printable() {
        return choices -> BY_SIMPLICITY[choices.index('~' - ' ' + 1)];
    }

    static Gen<String> strings(Gen<Integer> codePoints, int min, int max) {
        return codePoints.list(min, max).map(Texts::join);
    }

    private static String join(Iterable<Integer> codePoints) {
        StringBuilder text = new StringBuilder();
        codePoints.forEach(text::appendCodePoint);
        return text.toString();
    }

    private static long sampleScalar(SeededRandom random) {
        long kind = random.upTo(7);
        if (kind < 4) {
            return random.upTo('~' - ' ');
        }
        if (kind < 6) {
            return rank(EDGES[(int) random.upTo(EDGES.length - 1)]);
        }
        return random.upTo(kind == 6 ? 0x7ff : Character.MAX_CODE_POINT - SURROGATES);
    }

    private static int codePoint(int rank) {
        if (rank < ASCII_SIZE) {
            return BY_SIMPLICITY[rank];
        }
        return rank < Character.MIN_SURROGATE ? rank : rank + SURROGATES;
    }

    private static int rank(int codePoint) {
        if (codePoint < ASCII_SIZE) {
            return RANK[codePoint];
        }
        return codePoint < Character.MIN_SURROGATE ? codePoint : codePoint - SURROGATES;
    }

    private static int[] simplicity() {
        String letters = IntStream.concat(
                        IntStream.concat(IntStream.rangeClosed('a', 'z'), IntStream.rangeClosed('A', 'Z')),
                        IntStream.rangeClosed('0', '9'))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        IntStream marks = IntStream.rangeClosed(' ', '~').filter(mark -> letters.indexOf(mark) < 0);
        IntStream controls = IntStream.concat(IntStream.range(0, ' '), IntStream.of(0x7f));
        return IntStream.concat(letters.chars(), IntStream.concat(marks, controls))
                .toArray();
    }

    private static int[] ranks() {
        int[] ranks = new int[BY_SIMPLICITY.length];
        for (int rank = 0; rank < ranks.length; rank++) {
            ranks[BY_SIMPLICITY[rank]] = rank;
        }
        return ranks;
    }
}
