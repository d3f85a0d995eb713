package io.holdfast.server.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of an event among all, which never changes; the next page begins below the last one's, whatever was written
 * meanwhile. Ordered as the database orders: texts by their bytes in UTF-8.
 *
 * @param run empty of device sync
 */
public record EventPosition(long atMillis, String scope, String run, long entry) implements Comparable<EventPosition> {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,15})/([0-9a-f]*)/([0-9]{1,18})/(.*)", Pattern.DOTALL);

    private static final Comparator<EventPosition> ORDER = Comparator.comparingLong(EventPosition::atMillis)
            .thenComparing(EventPosition::scope, EventPosition::bytewise)
            .thenComparing(EventPosition::run)
            .thenComparingLong(EventPosition::entry);

    private static int bytewise(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int compareTo(EventPosition other) {
        return ORDER.compare(this, other);
    }

    /** The position of that text, if it is one. */
    public static Optional<EventPosition> of(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches() && (parts.group(2).isEmpty() || RunId.isRunId(parts.group(2)))
                ? Optional.of(new EventPosition(
                        Long.parseLong(parts.group(1)), parts.group(4), parts.group(2), Long.parseLong(parts.group(3))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return atMillis + "/" + run + "/" + entry + "/" + scope;
    }
}
