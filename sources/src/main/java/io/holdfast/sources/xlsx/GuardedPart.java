package io.holdfast.sources.xlsx;

import io.holdfast.sources.sheet.SheetFailures;
import io.holdfast.sources.sheet.SheetLimits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/**
 * A part of a package while it is unpacked: refuses what grows beyond all measure, whatever the package says about its
 * size, and at its end compares the checksum, which Java's own reader of packages does not. Not thread-safe.
 */
final class GuardedPart extends FilterInputStream {

    private final ZipEntry entry;
    private final long bytesMax;
    private final SheetFailures failures;
    private final CRC32 checksum = new CRC32();
    private long bytes;
    private boolean ended;

    GuardedPart(InputStream in, ZipEntry entry, long bytesMax, SheetFailures failures) {
        super(in);
        this.entry = entry;
        this.bytesMax = bytesMax;
        this.failures = failures;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int count = super.read(buffer, from, length);
        if (count < 0) {
            ended = true;
            checkEnd();
            return count;
        }
        checksum.update(buffer, from, count);
        bytes += count;
        checkSize();
        return count;
    }

    private void checkSize() {
        long packed = Math.max(entry.getCompressedSize(), 1);
        if (bytes > SheetLimits.PART_BYTES_MAX
                || (bytes > SheetLimits.PART_RATIO_FROM_BYTES && bytes / packed > SheetLimits.PART_RATIO_MAX)) {
            throw failures.hostile("unpacks into more than " + SheetLimits.PART_RATIO_MAX + " times its size");
        }
        if (bytes > bytesMax) {
            throw failures.tooLarge("has more in '" + entry.getName()
                    + "' than this process has memory for; give it more" + " (-Xmx) or split the workbook");
        }
    }

    private void checkEnd() {
        if (entry.getCrc() >= 0 && entry.getCrc() != checksum.getValue()) {
            throw failures.damaged("has a part whose checksum is wrong ('" + entry.getName() + "')");
        }
    }

    /** Reads what is left, so that the checksum is compared; XML readers close what they have read to its end. */
    void finish() throws IOException {
        byte[] rest = new byte[1 << 13];
        while (!ended) {
            read(rest, 0, rest.length);
        }
    }
}
