package io.holdfast.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LayoutTest {

    private final LoggerContext context = new LoggerContext();

    @Test
    void aServersLineHasTimeLevelLoggerMessageAndPairs() {
        LoggingEvent event = event(Level.INFO, "server listens", null);
        event.addKeyValuePair(new KeyValuePair("address", "http://localhost:8420/"));
        event.addKeyValuePair(new KeyValuePair("note", "a \"b\""));
        assertThat(new LineLayout().doLayout(event))
                .isEqualTo("2026-11-20T08:30:00Z INFO Server: server listens address=http://localhost:8420/"
                        + " note=\"a 'b'\"\n");
    }

    @Test
    void aServersWarningNamesItsCauseInTheSameLine() {
        assertThat(new LineLayout().doLayout(event(Level.WARN, "pool is empty", new IOException("refused\nby all"))))
                .isEqualTo("2026-11-20T08:30:00Z WARN Server: pool is empty"
                        + " cause=\"java.io.IOException: refused by all\"\n");
    }

    @Test
    void aServersErrorShowsWhereItComesFrom() {
        assertThat(new LineLayout().doLayout(event(Level.ERROR, "defect", new IllegalStateException("odd"))))
                .startsWith("2026-11-20T08:30:00Z ERROR Server: defect\njava.lang.IllegalStateException: odd")
                .contains("LayoutTest");
    }

    @Test
    void aCommandWarnsInItsOwnWords() {
        assertThat(new PlainLayout().doLayout(event(Level.WARN, "the clock went back", new IOException("x"))))
                .isEqualTo("holdfast: warning: the clock went back\n");
    }

    private LoggingEvent event(Level level, String message, @Nullable Throwable cause) {
        LoggingEvent event =
                new LoggingEvent("", context.getLogger("io.holdfast.Server"), level, message, cause, new Object[0]);
        event.setInstant(Instant.parse("2026-11-20T08:30:00Z"));
        return event;
    }
}
