package io.holdfast.cli.frame;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The three streams of a process. Results go to {@code out}, which is buffered: a command that prints as it goes flushes
 * what a reader should see at once. Everything for people (errors, progress) goes to {@code err}. Both are UTF-8 whatever
 * the locale, because JSON is.
 *
 * @param in what is piped in
 * @param interactive whether a person watches {@code err}
 */
public record Terminal(InputStream in, PrintStream out, PrintStream err, boolean interactive) {

    /** Set by the launcher, which can ask the system whether the error stream is a terminal; Java cannot. */
    private static final String INTERACTIVE_PROPERTY = "holdfast.interactive";

    /** The streams of this process. */
    public static Terminal system() {
        return new Terminal(
                System.in,
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                        false,
                        StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Boolean.getBoolean(INTERACTIVE_PROPERTY));
    }

    /** Hands on all that was printed. */
    public void flush() {
        out.flush();
        err.flush();
    }
}
