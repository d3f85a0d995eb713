package io.holdfast.sources.mapping;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.value.Sha256;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Which keys were read, what content they had, and where. Per key 32 bytes: 128 bits of the SHA-256 of its id, 64 of its
 * content's, and the place; in open addressing over segments that grow one by one, so that growth never needs the room of the whole
 * table twice. Not thread-safe.
 */
final class SeenKeys {

    /** Longs of one slot: digest (2, the second never zero where a key stands), content, place. */
    private static final int SLOT = 4;

    private static final int SEGMENTS = 256;
    private static final int FIRST_SLOTS = 16;

    /** A segment is at least three eighths full, so a key takes at most this much. */
    private static final int BYTES_PER_KEY = SLOT * Long.BYTES * 8 / 3;

    private final long keysMax;
    private final long[][] segments = new long[SEGMENTS][SLOT * FIRST_SLOTS];
    private final int[] filled = new int[SEGMENTS];
    private long keys;

    /**
     * The first row of a key that comes again.
     *
     * @param same whether it had the same content
     */
    record First(long place, boolean same) {}

    /**
     * Remembers keys.
     *
     * @param bytesMax of memory
     */
    SeenKeys(long bytesMax) {
        keysMax = Math.max(SEGMENTS, bytesMax / BYTES_PER_KEY);
    }

    /**
     * Where an id was first seen.
     *
     * @param place what is remembered of an id that is new
     * @return empty if it is new
     * @throws HoldfastException SOURCE_TOO_LARGE if memory does not hold another key
     */
    Optional<First> first(String id, byte[] content, long place) {
        ByteBuffer digest = ByteBuffer.wrap(new Sha256().text(id).digest());
        long high = digest.getLong();
        long low = digest.getLong() | 1;
        long contentBits = ByteBuffer.wrap(content).getLong();
        int segment = (int) (high >>> (Long.SIZE - 8));
        int slot = slot(segments[segment], high, low);
        if (segments[segment][slot + 1] != 0) {
            return Optional.of(new First(segments[segment][slot + 3], segments[segment][slot + 2] == contentBits));
        }
        if (keys >= keysMax) {
            throw new HoldfastException(
                    ErrorCode.SOURCE_TOO_LARGE,
                    "The source has more than " + keysMax
                            + " records, more than memory is there to tell repeated keys; give the process more (-Xmx) or split the source.");
        }
        put(segments[segment], slot, high, low, contentBits, place);
        keys++;
        filled[segment]++;
        grow(segment);
        return Optional.empty();
    }

    private static int slot(long[] slots, long high, long low) {
        int at = ((int) high * SLOT) & (slots.length - 1);
        while (slots[at + 1] != 0 && (slots[at] != high || slots[at + 1] != low)) {
            at = (at + SLOT) & (slots.length - 1);
        }
        return at;
    }

    private static void put(long[] slots, int at, long high, long low, long content, long place) {
        slots[at] = high;
        slots[at + 1] = low;
        slots[at + 2] = content;
        slots[at + 3] = place;
    }

    private void grow(int segment) {
        long[] old = segments[segment];
        if (4L * SLOT * filled[segment] <= 3L * old.length) {
            return;
        }
        long[] larger = new long[old.length * 2];
        for (int at = 0; at < old.length; at += SLOT) {
            if (old[at + 1] != 0) {
                put(larger, slot(larger, old[at], old[at + 1]), old[at], old[at + 1], old[at + 2], old[at + 3]);
            }
        }
        segments[segment] = larger;
    }
}
