package io.holdfast.sources.yaml;

/** A text is not the YAML that is read here; says where and why. For those who read a text, to tell it with what else is wrong. */
public final class YamlRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** From 1. */
    private final int line;

    YamlRefusedException(int line, String why) {
        super(why, null, false, false);
        this.line = line;
    }

    /** For people. */
    public String sentence() {
        return "line " + line + ": " + getMessage();
    }
}
