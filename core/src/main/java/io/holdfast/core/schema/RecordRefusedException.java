package io.holdfast.core.schema;

import io.holdfast.core.error.HoldfastException;
import java.util.List;
import java.util.stream.Collectors;

/** A record breaks the rules of its collection, and nothing was written. Its code is that of the first violation. */
public final class RecordRefusedException extends HoldfastException {

    private static final long serialVersionUID = 1L;

    /** All that is wrong. */
    private final transient List<Violation> violations;

    /** A refusal for all the given reasons, at least one. */
    public RecordRefusedException(List<Violation> violations) {
        super(violations.getFirst().code(), sentence(violations));
        this.violations = List.copyOf(violations);
    }

    /** All that is wrong. */
    public List<Violation> violations() {
        return violations;
    }

    private static String sentence(List<Violation> violations) {
        return violations.stream().map(Violation::sentence).collect(Collectors.joining(" "));
    }
}
