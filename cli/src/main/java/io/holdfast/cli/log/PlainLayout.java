package io.holdfast.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.util.Locale;

/** A log line as a command would say it: {@code holdfast: warning: …}. Stack traces are left out. */
final class PlainLayout extends LayoutBase<ILoggingEvent> {

    @Override
    public String doLayout(ILoggingEvent event) {
        String level = event.getLevel().toString().toLowerCase(Locale.ROOT).replace("warn", "warning");
        return "holdfast: " + level + ": " + event.getFormattedMessage() + LineLayout.pairs(event) + "\n";
    }
}
