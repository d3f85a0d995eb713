package io.holdfast.server.http.problem;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.javalin.http.HttpResponseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Turns whatever was thrown into a {@link Problem}, and logs what an operator must see. Thread-safe. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private final RandomGenerator random;

    /** @param random draws incident ids */
    public Problems(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The answer to a failure.
     *
     * @param where method and route of the request, for the log; never its parameters
     */
    public Problem of(Throwable thrown, String where) {
        return switch (thrown) {
            case HttpRefusal refusal ->
                new Problem(
                        refusal.code(),
                        refusal.status(),
                        String.valueOf(refusal.getMessage()),
                        refusal.headers(),
                        refusal.violations(),
                        Optional.empty());
            case HoldfastException failure -> known(failure, where);
            case HttpResponseException refusal -> unmatched(refusal);
            case HttpException refusal -> ofStatus(refusal.getCode());
            default -> defect(thrown, where);
        };
    }

    private static Problem unmatched(HttpResponseException refusal) {
        Problem problem = ofStatus(refusal.getStatus());
        String methods = refusal.getDetails().getOrDefault("availableMethods", "");
        return methods.isEmpty() ? problem : problem.withHeader("Allow", methods);
    }

    /** The answer of a status that the HTTP layer itself gave. */
    public static Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> Problem.of(ErrorCode.NOT_FOUND, status, "There is nothing at this address; check the address.");
            case 405 ->
                Problem.of(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        status,
                        "The address does not take this method; see /openapi.yaml for those it takes.");
            case 408 -> Problem.of(ErrorCode.REQUEST_INVALID, status, "The request came too slowly; send it again.");
            case 413 -> Problem.of(ErrorCode.BODY_TOO_LARGE, status, "The body is over the limit; send less at once.");
            case 414 -> Problem.of(ErrorCode.REQUEST_INVALID, status, "The address is too long; shorten it.");
            case 415 ->
                Problem.of(ErrorCode.REQUEST_INVALID, status, "The body is of an unknown kind; send application/json.");
            case 431 -> Problem.of(ErrorCode.REQUEST_INVALID, status, "The headers are too large; shorten them.");
            case 503 ->
                Problem.of(ErrorCode.UNAVAILABLE, status, "The server cannot answer now; try again in a moment.");
            default ->
                status >= 500
                        ? Problem.of(
                                ErrorCode.INTERNAL, status, "The server failed; try again, and report it if it stays.")
                        : Problem.of(
                                ErrorCode.REQUEST_INVALID,
                                status,
                                "The request is not well-formed HTTP; correct it and send it again.");
        };
    }

    private Problem known(HoldfastException failure, String where) {
        int status = ProblemStatus.of(failure.code());
        if (status >= 500 && status != 503) {
            LoggingEventBuilder event =
                    LOG.atError().addKeyValue("code", failure.code()).addKeyValue("at", where);
            for (Map.Entry<String, String> fact : failure.context().entrySet()) {
                event = event.addKeyValue(fact.getKey(), fact.getValue());
            }
            event.setCause(failure).log("request failed");
        } else if (status >= 500) {
            LOG.atWarn()
                    .addKeyValue("code", failure.code())
                    .addKeyValue("at", where)
                    .log("request put off");
        } else {
            LOG.atDebug()
                    .addKeyValue("code", failure.code())
                    .addKeyValue("at", where)
                    .log("request refused");
        }
        return Problem.of(failure.code(), status, String.valueOf(failure.getMessage()));
    }

    private Problem defect(Throwable thrown, String where) {
        String incident = HexFormat.of().toHexDigits(random.nextLong());
        LOG.atError()
                .addKeyValue("incident", incident)
                .addKeyValue("at", where)
                .setCause(thrown)
                .log("defect");
        return new Problem(
                ErrorCode.INTERNAL,
                ProblemStatus.of(ErrorCode.INTERNAL),
                "The server failed on this request; try again, and report incident " + incident + " if it stays.",
                Map.of(),
                List.of(),
                Optional.of(incident));
    }
}
