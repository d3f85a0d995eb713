package io.holdfast.cli.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;

/**
 * Sets logging up without a file: everything goes to the error stream. Reading Logback's XML would cost a command more than
 * its work; found through {@link java.util.ServiceLoader}.
 */
public final class LogConfigurator extends ContextAwareBase implements Configurator {

    private static final String STANDARD_ERROR = "System.err";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        LogFormat format = LogFormat.chosen();
        Encoder<ILoggingEvent> encoder = encoder(format);
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget(STANDARD_ERROR);
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getProperty(LogFormat.LEVEL_PROPERTY), Level.WARN));
        root.addAppender(appender);
        // Says that it failed to start, which its caller learns, and says better.
        context.getLogger("io.javalin.Javalin").setLevel(Level.OFF);
        // Complains when two processes clear up the same file of a killed one.
        context.getLogger("org.sqlite.SQLiteJDBCLoader").setLevel(Level.OFF);
        context.getLogger("io.holdfast")
                .setLevel(Level.toLevel(System.getProperty(LogFormat.LEVEL_PROPERTY), format.level()));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Encoder<ILoggingEvent> encoder(LogFormat format) {
        return switch (format) {
            case PLAIN -> lines(new PlainLayout());
            case LINES -> lines(new LineLayout());
            case JSON -> json();
        };
    }

    private static Encoder<ILoggingEvent> lines(Layout<ILoggingEvent> layout) {
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setCharset(StandardCharsets.UTF_8);
        layout.start();
        encoder.setLayout(layout);
        return encoder;
    }

    private static Encoder<ILoggingEvent> json() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMDC(false);
        return encoder;
    }
}
