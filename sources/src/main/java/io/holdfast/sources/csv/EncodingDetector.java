package io.holdfast.sources.csv;

import io.holdfast.sources.sheet.SheetFailures;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds in which encoding a text file is written, by the whole file, not by its first page: a single umlaut in the last row
 * decides. A byte order mark is believed; then zeros at every second byte mean UTF-16; then what is valid UTF-8 is UTF-8;
 * then Japanese encodings are taken if all is valid in them and enough of it is everyday script (so that accented Western
 * letters do not turn into rare kanji); what remains is Windows-1252.
 *
 * <p>Libraries that guess among dozens of encodings were passed over: they judge a sample, and take half-width kana for
 * Western text.
 */
final class EncodingDetector {

    /** As Windows writes Shift-JIS. */
    static final Charset CP932 = Charset.forName("windows-31j");

    static final Charset EUC_JP = Charset.forName("EUC-JP");
    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int ZERO_SAMPLE_BYTES = 1 << 12;

    /** One in so many characters beyond ASCII must be everyday Japanese. */
    private static final int EVERYDAY_SHARE = 10;

    private final Path file;
    private final SheetFailures failures;

    EncodingDetector(Path file) {
        this.file = file;
        this.failures = new SheetFailures(file);
    }

    /** What was found. */
    record Encoding(Charset charset, int markBytes) {}

    Encoding detect() throws IOException {
        byte[] head = head();
        Optional<Encoding> marked = byMark(head).or(() -> byZeros(head));
        return marked.isPresent() ? marked.get() : new Encoding(byContent(), 0);
    }

    private byte[] head() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(ZERO_SAMPLE_BYTES);
        }
    }

    private static Optional<Encoding> byMark(byte[] head) {
        if (begins(head, 0xef, 0xbb, 0xbf)) {
            return Optional.of(new Encoding(StandardCharsets.UTF_8, 3));
        }
        if (begins(head, 0xff, 0xfe)) {
            return Optional.of(new Encoding(StandardCharsets.UTF_16LE, 2));
        }
        return begins(head, 0xfe, 0xff) ? Optional.of(new Encoding(StandardCharsets.UTF_16BE, 2)) : Optional.empty();
    }

    private static boolean begins(byte[] head, int... mark) {
        for (int at = 0; at < mark.length; at++) {
            if (at >= head.length || (head[at] & 0xff) != mark[at]) {
                return false;
            }
        }
        return true;
    }

    /** UTF-16 without a mark: zeros on one side of the byte pairs only. */
    private Optional<Encoding> byZeros(byte[] head) {
        int[] zeros = new int[2];
        for (int at = 0; at < head.length; at++) {
            zeros[at % 2] += head[at] == 0 ? 1 : 0;
        }
        if (zeros[0] + zeros[1] == 0) {
            return Optional.empty();
        }
        int most = Math.max(zeros[0], zeros[1]);
        if (Math.min(zeros[0], zeros[1]) > 0 || most * 8 < head.length) {
            throw failures.format("is neither a workbook nor text");
        }
        return Optional.of(new Encoding(zeros[0] > 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE, 0));
    }

    private Charset byContent() throws IOException {
        Utf8Check utf8 = new Utf8Check();
        EverydayJapanese shiftJis = EverydayJapanese.shiftJis();
        EverydayJapanese eucJp = EverydayJapanese.eucJp();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                for (int at = 0; at < count; at++) {
                    int octet = buffer[at] & 0xff;
                    utf8.take(octet);
                    shiftJis.take(octet);
                    eucJp.take(octet);
                }
            }
        }
        if (utf8.isValid()) {
            return StandardCharsets.UTF_8;
        }
        return List.of(shiftJis, eucJp).stream()
                .filter(script -> script.isLikely(EVERYDAY_SHARE))
                .max((one, other) -> Long.compare(one.everyday(), other.everyday()))
                .map(script -> script == eucJp ? EUC_JP : CP932)
                .orElse(WINDOWS_1252);
    }
}
