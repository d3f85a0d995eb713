package io.holdfast.testkit.network;

import io.holdfast.testkit.random.SeededRandom;
import java.util.Arrays;

/** Cuts a message off somewhere, as a broken connection does. */
@FunctionalInterface
public interface Cutter<P> {

    /** Returns a beginning of {@code payload}, shorter than it where it has a length. */
    P cut(P payload, SeededRandom random);

    /** Returns the cutter of byte arrays: any proper prefix, the empty one included. */
    static Cutter<byte[]> ofBytes() {
        return (payload, random) -> Arrays.copyOf(payload, payload.length == 0 ? 0 : random.nextInt(payload.length));
    }
}
