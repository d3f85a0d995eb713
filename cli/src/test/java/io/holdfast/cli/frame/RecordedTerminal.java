package io.holdfast.cli.frame;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A terminal that keeps what was printed. */
public final class RecordedTerminal {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal;

    private RecordedTerminal(String input, boolean interactive) {
        terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                interactive);
    }

    /** Nobody watches, nothing is piped in. */
    public static RecordedTerminal unwatched() {
        return new RecordedTerminal("", false);
    }

    /** A person watches. */
    public static RecordedTerminal watched() {
        return new RecordedTerminal("", true);
    }

    /** Nobody watches, and this is piped in. */
    public static RecordedTerminal piped(String input) {
        return new RecordedTerminal(input, false);
    }

    /** For the command under test. */
    public Terminal terminal() {
        return terminal;
    }

    /** What went to the output. */
    public String out() {
        terminal.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What went to the error stream. */
    public String err() {
        terminal.flush();
        return err.toString(StandardCharsets.UTF_8);
    }
}
