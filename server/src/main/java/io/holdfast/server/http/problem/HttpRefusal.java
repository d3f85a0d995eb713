package io.holdfast.server.http.problem;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.Violation;
import java.util.List;
import java.util.Map;

/** A request is refused for a reason of HTTP itself: with a status of its own, headers, or a list of what is wrong. */
public final class HttpRefusal extends HoldfastException {

    private static final long serialVersionUID = 1L;

    /** The status, which may be finer than the code's. */
    private final int status;

    /** What the client must know beside the body. */
    private final transient Map<String, String> headers;

    /** All that is wrong, if it is the content. */
    private final transient List<Violation> violations;

    private HttpRefusal(
            ErrorCode code, int status, String message, Map<String, String> headers, List<Violation> violations) {
        super(code, message);
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.violations = List.copyOf(violations);
    }

    /** A refusal with a status that is finer than the code's. */
    public static HttpRefusal withStatus(ErrorCode code, int status, String message) {
        return new HttpRefusal(code, status, message, Map.of(), List.of());
    }

    /** A refusal with headers. */
    public static HttpRefusal withHeaders(ErrorCode code, String message, Map<String, String> headers) {
        return new HttpRefusal(code, ProblemStatus.of(code), message, headers, List.of());
    }

    /** A refusal that lists all that is wrong. */
    public static HttpRefusal withViolations(ErrorCode code, String message, List<Violation> violations) {
        return new HttpRefusal(code, ProblemStatus.of(code), message, Map.of(), violations);
    }

    /** A wrong or missing parameter or header. */
    public static HttpRefusal invalid(String message) {
        return withStatus(ErrorCode.REQUEST_INVALID, ProblemStatus.of(ErrorCode.REQUEST_INVALID), message);
    }

    /** The status. */
    public int status() {
        return status;
    }

    /** Headers of the answer. */
    public Map<String, String> headers() {
        return headers;
    }

    /** All that is wrong, if it is the content. */
    public List<Violation> violations() {
        return violations;
    }
}
