package io.holdfast.sources.proposal;

/** Numbers of 64 bits that are well mixed, by open addressing: at most 24 bytes each, where a {@code HashSet} takes 60. Not thread-safe. */
final class LongSet {

    private static final int FIRST_SLOTS = 1 << 10;

    private long[] slots = new long[FIRST_SLOTS];
    private int size;
    private boolean zero;

    /** Adds a number; false if it was there. */
    boolean add(long number) {
        if (number == 0) {
            boolean added = !zero;
            zero = true;
            return added;
        }
        int at = slot(slots, number);
        if (slots[at] == number) {
            return false;
        }
        slots[at] = number;
        size++;
        if (size * 3L > slots.length * 2L) {
            grow();
        }
        return true;
    }

    private static int slot(long[] slots, long number) {
        int at = (int) number & (slots.length - 1);
        while (slots[at] != 0 && slots[at] != number) {
            at = (at + 1) & (slots.length - 1);
        }
        return at;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long number : slots) {
            if (number != 0) {
                larger[slot(larger, number)] = number;
            }
        }
        slots = larger;
    }
}
