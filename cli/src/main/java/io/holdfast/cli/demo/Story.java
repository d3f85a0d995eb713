package io.holdfast.cli.demo;

import io.holdfast.cli.frame.Terminal;
import java.util.Locale;

/** Tells what happens while it happens, to people; programs hear the end only. Not thread-safe. */
final class Story {

    private final Terminal terminal;
    private final boolean silent;

    Story(Terminal terminal, boolean silent) {
        this.terminal = terminal;
        this.silent = silent;
    }

    void chapter(String title) {
        print("\n" + title);
    }

    /** One event; the sentence is a format of {@link String#format}. */
    void tell(String who, String sentence, Object... values) {
        print(String.format(Locale.ROOT, "  %-9s ", who) + String.format(Locale.ROOT, sentence, values));
    }

    void print(String line) {
        if (!silent) {
            terminal.out().print(line + '\n');
            terminal.out().flush();
        }
    }
}
