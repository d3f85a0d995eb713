package io.holdfast.sources.mapping;

/** Leaves the reading of a mapping's text with the line and the reason; never leaves the package. */
final class YamlRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** From 1. */
    private final int line;

    YamlRefusedException(int line, String why) {
        super(why, null, false, false);
        this.line = line;
    }

    /** For people. */
    String sentence() {
        return "line " + line + ": " + getMessage();
    }
}
