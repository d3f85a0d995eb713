package io.holdfast.cli.frame;

import picocli.CommandLine.Option;

/** The option of every command that prints something. */
public final class JsonOption {

    /** Its name, also looked for when the command line cannot be parsed. */
    static final String NAME = "--json";

    @Option(names = NAME, description = "Print JSON, for programs; errors too, on the error stream.")
    private boolean json;

    /** Whether the caller asked for JSON. */
    public boolean json() {
        return json;
    }
}
