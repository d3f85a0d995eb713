package io.holdfast.core.identity;

/**
 * How far a replica has followed a scope. The chain ties the sequence to one history: a server restored from a backup
 * gives the same sequences again, but never the same chain.
 *
 * @param epoch the server's life this belongs to; a new one starts when the server finds that it was restored
 * @param sequence everything up to here has been seen; 0 for nothing
 * @param chain the chain after the append that wrote {@code sequence}, in hexadecimal
 */
public record Cursor(String epoch, long sequence, String chain) {

    /** Nothing has been seen yet. */
    public static final Cursor START = new Cursor("", 0, "");

    /** Refuses a negative sequence. */
    public Cursor {
        if (sequence < 0) {
            throw new IllegalArgumentException("a sequence is not negative");
        }
    }

    /** Whether nothing has been seen. */
    public boolean isStart() {
        return sequence == 0;
    }
}
