package io.holdfast.simulation;

/** Something happened in a world that must never happen. */
public final class Violation extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final String checker;

    /**
     * A violation.
     *
     * @param checker who found it
     * @param what what is wrong, one sentence
     */
    public Violation(String checker, String what) {
        super(checker + ": " + what);
        this.checker = checker;
    }

    /** A violation that shows as an exception of the product. */
    public Violation(String checker, Throwable cause) {
        super(checker + ": " + cause, cause);
        this.checker = checker;
    }

    /** Who found it. */
    public String checker() {
        return checker;
    }
}
