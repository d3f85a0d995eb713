package io.holdfast.client.transport;

import io.holdfast.core.engine.Failure;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import java.util.Optional;

/**
 * What an answer other than 200 means: by the {@code code} of its problem details (RFC 9457), or by its status alone where
 * something before the server answered. Stateless.
 */
final class Refused {

    private static final int TEXT_LENGTH_MAX = 2_000;

    private Refused() {}

    /** The failure that a status and its body stand for. */
    static Failure failure(int status, byte[] body, long retryAfterMillis) {
        Problem problem = read(body);
        // A request that came too slowly says nothing about its content, whatever code it is given.
        ErrorCode code =
                status == 408 ? ErrorCode.UNAVAILABLE : known(problem.code).orElseGet(() -> ofStatus(status));
        String message = problem.detail.isEmpty() ? sentence(status, code) : problem.detail;
        // A request that was refused was not applied; one that the server failed at may have been.
        boolean notApplied = status >= 400 && status < 500;
        return new Failure(code, message, retryAfterMillis, notApplied);
    }

    private static String sentence(int status, ErrorCode code) {
        return "The server, or something before it, answered with status " + status + ": " + code.cause() + " "
                + code.action();
    }

    private static Optional<ErrorCode> known(String name) {
        ErrorCode code = ErrorCode.of(name);
        return code.name().equals(name) ? Optional.of(code) : Optional.empty();
    }

    /** Never a code that blames the batch, 413 apart: this is not what a Holdfast server says of a message. */
    private static ErrorCode ofStatus(int status) {
        return switch (status) {
            case 401, 407 -> ErrorCode.AUTH_REQUIRED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404, 410 -> ErrorCode.NOT_FOUND;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 413 -> ErrorCode.BODY_TOO_LARGE;
            case 425, 502, 503, 504 -> ErrorCode.UNAVAILABLE;
            case 429 -> ErrorCode.RATE_LIMITED;
            default -> status >= 500 ? ErrorCode.INTERNAL : ErrorCode.SERVER_ANSWER;
        };
    }

    private record Problem(String code, String detail) {}

    /** As much of the problem details as can be read; whoever sent something else may have sent anything. */
    private static Problem read(byte[] body) {
        try {
            if (JsonText.read(body) instanceof JsonTree.Members problem) {
                return new Problem(text(problem, "code"), text(problem, "detail"));
            }
        } catch (JsonRefusedException notAProblem) {
            // The status alone must do.
        }
        return new Problem("", "");
    }

    private static String text(JsonTree.Members problem, String name) {
        String text = problem.members().get(name) instanceof JsonTree.Text value ? value.text() : "";
        boolean sane = text.length() <= TEXT_LENGTH_MAX && text.chars().noneMatch(Character::isISOControl);
        return sane ? text : "";
    }
}
