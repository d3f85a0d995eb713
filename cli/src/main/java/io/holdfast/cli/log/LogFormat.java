package io.holdfast.cli.log;

import ch.qos.logback.classic.Level;
import java.util.Arrays;

/** What log lines look like, and how much is logged. Chosen once, before the first line. */
public enum LogFormat {
    /** A command at a terminal: warnings, as it would say them itself. */
    PLAIN(Level.WARN),
    /** A server: one line for each event, with its time. */
    LINES(Level.INFO),
    /** A server whose log is read by programs: one JSON object for each event. */
    JSON(Level.INFO);

    /** The least level that is logged, whatever the format. */
    static final String LEVEL_PROPERTY = "holdfast.log";

    private static final String FORMAT_PROPERTY = "holdfast.log.format";

    private final Level level;

    LogFormat(Level level) {
        this.level = level;
    }

    Level level() {
        return level;
    }

    /** Makes this the format of the process; without effect once something was logged. */
    public void choose() {
        System.setProperty(FORMAT_PROPERTY, name());
    }

    static LogFormat chosen() {
        String name = System.getProperty(FORMAT_PROPERTY, PLAIN.name());
        return Arrays.stream(values())
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElse(PLAIN);
    }
}
