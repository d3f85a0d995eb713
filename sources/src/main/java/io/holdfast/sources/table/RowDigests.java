package io.holdfast.sources.table;

import io.holdfast.sources.sheet.Blanks;
import io.holdfast.sources.sheet.Cell;
import io.holdfast.sources.sheet.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Counts rows that repeat an earlier one exactly, padding aside. Keeps 128 bits of each row's SHA-256, by open addressing,
 * for at most {@value #ROWS_MAX} different rows (64 MiB); beyond that the count is a lower bound. Not thread-safe.
 */
final class RowDigests {

    /** Most rows that are remembered. */
    static final int ROWS_MAX = 1 << 21;

    private static final int FIRST_SLOTS = 1 << 10;

    private final MessageDigest sha256;
    private long[] slots = new long[2 * FIRST_SLOTS];
    private int rows;
    private long repeats;

    RowDigests() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    void take(Row row) {
        int last = row.cells().size();
        while (last > 0 && row.cell(last - 1).isBlank()) {
            last--;
        }
        for (int column = 0; column < last; column++) {
            add(row.cell(column));
        }
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
        long high = digest.getLong();
        long low = digest.getLong() | 1; // zero marks a free slot
        if (contains(high, low)) {
            repeats++;
        } else if (rows < ROWS_MAX) {
            put(slots, high, low);
            rows++;
            grow();
        }
    }

    private void add(Cell cell) {
        byte[] text = Blanks.strip(cell.shown()).getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).flip());
        sha256.update(text);
    }

    private boolean contains(long high, long low) {
        int slot = slot(slots, high);
        while (slots[slot + 1] != 0) {
            if (slots[slot] == high && slots[slot + 1] == low) {
                return true;
            }
            slot = (slot + 2) & (slots.length - 1);
        }
        return false;
    }

    private static void put(long[] into, long high, long low) {
        int slot = slot(into, high);
        while (into[slot + 1] != 0) {
            slot = (slot + 2) & (into.length - 1);
        }
        into[slot] = high;
        into[slot + 1] = low;
    }

    private static int slot(long[] slots, long high) {
        return (int) high & (slots.length - 2);
    }

    private void grow() {
        if (rows * 4L <= slots.length) {
            return;
        }
        long[] larger = new long[slots.length * 2];
        for (int slot = 0; slot < slots.length; slot += 2) {
            if (slots[slot + 1] != 0) {
                put(larger, slots[slot], slots[slot + 1]);
            }
        }
        slots = larger;
    }

    long repeats() {
        return repeats;
    }

    /** Whether every row was remembered. */
    boolean isExact() {
        return rows < ROWS_MAX;
    }
}
