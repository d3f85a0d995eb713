package io.holdfast.testkit.gen;

/** Says that a case is of no use to the check and another should be drawn; neither a pass nor a failure. Has no stack trace. */
public final class Rejected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the signal; {@code reason} is one sentence for people. */
    public Rejected(String reason) {
        super(reason, null, false, false);
    }
}
