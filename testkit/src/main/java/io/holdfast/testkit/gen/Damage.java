package io.holdfast.testkit.gen;

import java.util.Arrays;

/** Bytes as a bad network or disk leaves them: pieces cut out, put in, overwritten, said twice. Stateless. */
public final class Damage {

    private static final int PLACES_MAX = 4;
    private static final int CUT_MAX = 5;
    private static final int AGAIN_MAX = 39;

    private Damage() {}

    /** The same bytes damaged at one to four places; shrinks to little damage at the beginning. */
    public static Gen<byte[]> of(byte[] whole) {
        return choices -> {
            byte[] damaged = whole;
            for (int left = choices.index(PLACES_MAX); left >= 0; left--) {
                damaged = once(damaged, choices);
            }
            return damaged;
        };
    }

    private static byte[] once(byte[] whole, Choices choices) {
        int from = choices.index(whole.length + 1);
        int to = Math.min(whole.length, from + choices.index(CUT_MAX + 1));
        byte[] between = choices.index(4) == 0
                ? Arrays.copyOfRange(whole, to, Math.min(whole.length, to + choices.index(AGAIN_MAX + 1)))
                : Gens.bytes(0, 4).next(choices);
        byte[] damaged = new byte[from + between.length + whole.length - to];
        System.arraycopy(whole, 0, damaged, 0, from);
        System.arraycopy(between, 0, damaged, from, between.length);
        System.arraycopy(whole, to, damaged, from + between.length, whole.length - to);
        return damaged;
    }
}
