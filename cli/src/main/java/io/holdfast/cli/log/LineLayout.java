package io.holdfast.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.event.KeyValuePair;

/** A server's log line: time in UTC, level, logger, message and pairs, such as {@code address=http://localhost:8420/}. */
final class LineLayout extends LayoutBase<ILoggingEvent> {

    @Override
    public String doLayout(ILoggingEvent event) {
        String logger = event.getLoggerName().substring(event.getLoggerName().lastIndexOf('.') + 1);
        String line = event.getInstant() + " " + event.getLevel() + " " + logger + ": " + event.getFormattedMessage()
                + pairs(event);
        IThrowableProxy cause = event.getThrowableProxy();
        if (cause == null) {
            return line + "\n";
        }
        // Where a warning comes from helps nobody; where a defect does, helps those who mend it.
        return event.getLevel().isGreaterOrEqual(Level.ERROR)
                ? line + "\n" + ThrowableProxyUtil.asString(cause)
                : line + " cause=\"" + cause.getClassName() + ": "
                        + String.valueOf(cause.getMessage()).replaceAll("\\s+", " ") + "\"\n";
    }

    /** The event's pairs, each after a blank; texts with blanks in quotation marks. */
    static String pairs(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs == null) {
            return "";
        }
        return pairs.stream().map(LineLayout::pair).collect(Collectors.joining());
    }

    private static String pair(KeyValuePair pair) {
        String value = String.valueOf(pair.value);
        boolean plain = value.chars().allMatch(c -> c > ' ' && c != '"');
        return " " + pair.key + "=" + (plain ? value : '"' + value.replace("\"", "'") + '"');
    }
}
