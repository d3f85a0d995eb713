package io.holdfast.cli.frame;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Shows a person how far long work is: one line on the error stream, drawn again in place at most ten times a second, gone
 * when the work ends. Prints nothing where nobody watches. For one thread.
 */
public final class Progress implements AutoCloseable {

    private static final Duration REDRAW_INTERVAL = Duration.ofMillis(100);

    private static final int BAR_WIDTH = 24;

    private static final String ERASE_LINE = "\r\u001b[2K";

    private final Terminal terminal;
    private final InstantSource clock;
    private final String subject;
    private Instant nextDraw = Instant.MIN;
    private boolean drawn;

    /**
     * Progress of one piece of work.
     *
     * @param subject what is counted, for example {@code "records pushed"}
     */
    public Progress(Terminal terminal, InstantSource clock, String subject) {
        this.terminal = terminal;
        this.clock = clock;
        this.subject = subject;
    }

    /** So many are done; nobody knows of how many. */
    public void show(long done) {
        draw(String.format(Locale.ROOT, "%,d %s", done, subject));
    }

    /** So many of so many are done. */
    public void show(long done, long total) {
        if (total <= 0) {
            show(done);
            return;
        }
        double part = Math.clamp((double) done / total, 0.0, 1.0);
        int filled = (int) (part * BAR_WIDTH);
        draw(String.format(
                Locale.ROOT,
                "[%s%s] %3d %%  %,d of %,d %s",
                "#".repeat(filled),
                "-".repeat(BAR_WIDTH - filled),
                (int) (part * 100),
                done,
                total,
                subject));
    }

    /** Takes the line away. */
    @Override
    public void close() {
        if (drawn) {
            terminal.err().print(ERASE_LINE);
            terminal.err().flush();
            drawn = false;
        }
    }

    private void draw(String line) {
        if (!terminal.interactive()) {
            return;
        }
        Instant now = clock.instant();
        if (now.isBefore(nextDraw)) {
            return;
        }
        nextDraw = now.plus(REDRAW_INTERVAL);
        terminal.err().print(ERASE_LINE + line);
        terminal.err().flush();
        drawn = true;
    }
}
