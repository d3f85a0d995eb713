package io.holdfast.core.error;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An operation failed for a reason outside the program: a full disk, a refused request, a damaged file. The one unchecked
 * root of all such failures. Expected outcomes (a conflict, a violation) are values instead.
 */
public class HoldfastException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The stable name of the failure. */
    private final ErrorCode code;

    /** For the log: never holds secrets or the content of fields. */
    private final transient Map<String, String> context;

    /**
     * A failure with its context.
     *
     * @param message one sentence for people: what happened and what to do
     * @param context names and values for the log, without secrets
     */
    public HoldfastException(ErrorCode code, String message, Map<String, String> context) {
        this(code, message, context, null);
    }

    private HoldfastException(ErrorCode code, String message, Map<String, String> context, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.context = Collections.unmodifiableMap(new TreeMap<>(context));
    }

    /** A failure whose sentence says it all. */
    public HoldfastException(ErrorCode code, String message) {
        this(code, message, Map.of());
    }

    /** A failure brought about by another. */
    public HoldfastException(ErrorCode code, String message, Throwable cause) {
        this(code, message, Map.of(), cause);
    }

    /** The stable name of the failure. */
    public ErrorCode code() {
        return code;
    }

    /** Names and values for the log, in the order of the names. */
    public Map<String, String> context() {
        return context;
    }
}
