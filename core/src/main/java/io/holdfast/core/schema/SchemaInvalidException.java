package io.holdfast.core.schema;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.util.List;
import java.util.stream.Collectors;

/** A schema breaks its own rules; says all the places at once. Its code is {@link ErrorCode#SCHEMA_INVALID}. */
public final class SchemaInvalidException extends HoldfastException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN_MAX = 20;

    /** All that is wrong. */
    private final transient List<SchemaProblem> problems;

    SchemaInvalidException(List<SchemaProblem> problems) {
        super(ErrorCode.SCHEMA_INVALID, sentence(problems));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong, in the order of the text. */
    public List<SchemaProblem> problems() {
        return problems;
    }

    private static String sentence(List<SchemaProblem> problems) {
        String shown =
                problems.stream().limit(SHOWN_MAX).map(SchemaProblem::toString).collect(Collectors.joining("; "));
        int rest = problems.size() - SHOWN_MAX;
        return "The schema is refused: " + shown + (rest > 0 ? "; and " + rest + " more" : "") + ".";
    }
}
