package io.holdfast.core.identity;

/**
 * How far a replica has followed a scope. The chain ties the sequence to one history: a server restored from a backup
 * gives the same sequences again, but never the same chain.
 *
 * <p>A cursor is <em>partial</em> if its answer left something behind it. Such an answer passes over a record that has moved
 * on since, up to the head of that moment; on a server that has lost that head the record lies below the cursor again, and
 * nobody would send it. So a partial cursor is tied to the head it was read under, not to the append that wrote its sequence.
 *
 * @param epoch the server's life this belongs to; a new one starts when the server finds that it was restored
 * @param sequence everything up to here has been seen; 0 for nothing
 * @param chain the chain of the head that it was read under, in hexadecimal; if partial, after the head's sequence in decimal
 *     and a dash
 */
public record Cursor(String epoch, long sequence, String chain) {

    /** Nothing has been seen yet. */
    public static final Cursor START = new Cursor("", 0, "");

    private static final char DASH = '-';

    /** Refuses a negative sequence. */
    public Cursor {
        if (sequence < 0) {
            throw new IllegalArgumentException("a sequence is not negative");
        }
    }

    /**
     * A cursor of an answer that left something behind it.
     *
     * @param sequence where the answer ends
     * @param head the cursor of the head it was read under
     */
    public static Cursor partial(long sequence, Cursor head) {
        return new Cursor(head.epoch, sequence, Long.toString(head.sequence) + DASH + head.chain);
    }

    /** Whether nothing has been seen. */
    public boolean isStart() {
        return sequence == 0;
    }

    /** Whether its answer left something behind it. */
    public boolean isPartial() {
        return chain.indexOf(DASH) >= 0;
    }

    /** The cursor of the head that this one was read under: itself, unless it is partial. */
    public Cursor head() {
        int dash = chain.indexOf(DASH);
        if (dash < 0) {
            return this;
        }
        try {
            long at = Long.parseLong(chain.substring(0, dash));
            return at < sequence ? this : new Cursor(epoch, at, chain.substring(dash + 1));
        } catch (NumberFormatException notOurs) {
            return this;
        }
    }
}
