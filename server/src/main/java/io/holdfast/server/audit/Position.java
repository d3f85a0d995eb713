package io.holdfast.server.audit;

import java.util.Optional;

/**
 * The last entry of a page; the next page begins behind it, whatever was written meanwhile.
 *
 * @param entry 0 for the run itself
 */
public record Position(RunId run, long entry) {

    /** The position of that text, if it is one. */
    public static Optional<Position> of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0
                || !RunId.isRunId(text.substring(0, slash))
                || !text.substring(slash + 1).matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(
                new Position(new RunId(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1))));
    }

    @Override
    public String toString() {
        return run + "/" + entry;
    }
}
