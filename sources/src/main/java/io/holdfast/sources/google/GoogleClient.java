package io.holdfast.sources.google;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import io.holdfast.core.schema.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks Google, and asks again where that helps: after 429, 5xx and broken connections, as {@code Retry-After} says or after a random
 * time up to a bound that doubles from a second (full jitter: Brooker, "Exponential Backoff and Jitter", 2015). Not thread-safe.
 */
final class GoogleClient {

    /** How long one answer may take. */
    static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** Largest answer, in bytes. */
    static final int BODY_BYTES_MAX = 32 << 20;

    private static final int TRIES_MAX = 6;
    private static final Duration REST_MAX = Duration.ofMinutes(2);
    private static final int BAD = 400;
    private static final int UNAUTHORISED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int FAILED = 500;
    private static final int FINE = 200;

    private final GoogleTools tools;
    private final Authorisation authorisation;

    GoogleClient(GoogleAccess access, GoogleTools tools) {
        this.tools = tools;
        this.authorisation = switch (access) {
            case GoogleAccess.ApiKey key -> new Authorisation.ByKey(key);
            case GoogleAccess.ServiceAccount account ->
                new AccountTokens(account, tools.clock(), request -> patient(() -> request));
        };
    }

    /** Makes a request anew for each try. */
    @FunctionalInterface
    private interface Request {
        HttpRequest get();
    }

    /** What came back. */
    private record Answer(int status, Optional<Duration> retryAfter, byte[] body) {}

    /**
     * What an address answers.
     *
     * @throws HoldfastException AUTH_REQUIRED, FORBIDDEN, NOT_FOUND, RATE_LIMITED, UNAVAILABLE, SERVER_UNREACHABLE, SERVER_ANSWER,
     *     SOURCE_TOO_LARGE
     */
    JsonTree get(URI address) {
        return patient(() -> {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(address).timeout(TIMEOUT).header("Accept", "application/json");
            authorisation.sign(request);
            return request.build();
        });
    }

    private JsonTree patient(Request request) {
        boolean renewed = false;
        for (int tries = 1; ; tries++) {
            Optional<Answer> answer = answer(request.get(), tries);
            int status = answer.map(Answer::status).orElse(0);
            if (status == FINE) {
                return json(answer.get().body());
            }
            if (status == UNAUTHORISED && !renewed && authorisation.renew()) {
                renewed = true;
            } else if (answer.isPresent() && !isPassing(answer.get())) {
                throw refused(answer.get());
            } else {
                rest(answer, tries);
            }
        }
    }

    /** Empty if there was none and another try is left. */
    private Optional<Answer> answer(HttpRequest request, int tries) {
        try {
            HttpResponse<InputStream> response = tools.http().send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return Optional.of(new Answer(
                        response.statusCode(),
                        response.headers().firstValue("Retry-After").flatMap(GoogleClient::seconds),
                        bytes(body)));
            }
        } catch (IOException unreachable) {
            if (tries >= TRIES_MAX) {
                throw new HoldfastException(
                        ErrorCode.SERVER_UNREACHABLE,
                        "Google cannot be reached at " + request.uri().getHost() + "; check the network.",
                        unreachable);
            }
            return Optional.empty();
        } catch (InterruptedException stopped) {
            throw interrupted();
        }
    }

    private static byte[] bytes(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(BODY_BYTES_MAX + 1);
        if (bytes.length > BODY_BYTES_MAX) {
            throw new HoldfastException(
                    ErrorCode.BODY_TOO_LARGE,
                    "Google's answer is larger than " + BODY_BYTES_MAX + " bytes; ask for less.");
        }
        return bytes;
    }

    private static Optional<Duration> seconds(String header) {
        return header.matches("[0-9]{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(header)))
                : Optional.empty();
    }

    private static boolean isPassing(Answer answer) {
        return answer.status() == TOO_MANY
                || answer.status() >= FAILED
                || (answer.status() == FORBIDDEN && said(answer).contains("ateLimitExceeded"));
    }

    private void rest(Optional<Answer> answer, int tries) {
        Duration asked = answer.flatMap(Answer::retryAfter).orElse(Duration.ZERO);
        if (tries >= TRIES_MAX || asked.compareTo(REST_MAX) > 0) {
            throw answer.map(GoogleClient::refused).orElseThrow();
        }
        long boundMillis = Duration.ofSeconds(1L << (tries - 1)).toMillis();
        Duration drawn = Duration.ofMillis(tools.random().nextLong(boundMillis + 1));
        try {
            tools.pause().rest(asked.plus(drawn));
        } catch (InterruptedException stopped) {
            throw interrupted();
        }
    }

    private static HoldfastException interrupted() {
        Thread.currentThread().interrupt();
        return new HoldfastException(ErrorCode.CANCELLED, "Reading the spreadsheet was cancelled; start it again.");
    }

    private static HoldfastException refused(Answer answer) {
        String told = message(answer);
        boolean noGrant = answer.status() == BAD && said(answer).contains("invalid_grant");
        return switch (noGrant ? UNAUTHORISED : answer.status()) {
            case UNAUTHORISED ->
                new HoldfastException(
                        ErrorCode.AUTH_REQUIRED, "Google does not accept the key or account" + told + "; check it.");
            case FORBIDDEN ->
                new HoldfastException(
                        ErrorCode.FORBIDDEN,
                        "Google does not allow reading the spreadsheet" + told
                                + "; share it with the account, or allow the API.");
            case NOT_FOUND ->
                new HoldfastException(
                        ErrorCode.NOT_FOUND, "Google knows no such spreadsheet" + told + "; check its address.");
            case TOO_MANY ->
                new HoldfastException(ErrorCode.RATE_LIMITED, "Google asks for patience" + told + "; try again later.");
            default ->
                new HoldfastException(
                        answer.status() >= FAILED ? ErrorCode.UNAVAILABLE : ErrorCode.SERVER_ANSWER,
                        "Google answered " + answer.status() + told + "; try again later.");
        };
    }

    /** What Google says, shortened; it never repeats keys or tokens. */
    private static String message(Answer answer) {
        try {
            return Members.text(JsonText.read(answer.body()), "error", "message")
                    .map(message -> " (" + Violation.shortened(message.replaceAll("\\p{Cntrl}", " ")) + ")")
                    .orElse("");
        } catch (JsonRefusedException noJson) {
            return "";
        }
    }

    private static String said(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static JsonTree json(byte[] body) {
        try {
            return JsonText.read(body);
        } catch (JsonRefusedException noJson) {
            throw new HoldfastException(
                    ErrorCode.SERVER_ANSWER,
                    "Google's answer is no JSON; check whether something stands between.",
                    noJson);
        }
    }
}
