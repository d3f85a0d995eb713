package io.holdfast.apikit;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.core.json.JsonText;
import io.holdfast.core.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Sends bad requests, and says what is wrong with the answers: each must be a problem with a stable code, and in time. */
public record Judgement(HttpClient client) {

    private static final int ATTEMPTS = 5;
    private static final String NO_ANSWER = ": no answer: ";
    private static final Duration TIME_LIMIT = Duration.ofSeconds(20);

    /**
     * What is wrong with the answer, if anything is. Who still sends when the server has answered and closed may have the answer
     * taken from him by TCP's reset (RFC 9112, section 9.6): he asks again.
     */
    public Optional<String> of(BadRequests.Bad bad) {
        Optional<String> wrong = Optional.empty();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            wrong = once(bad);
            if (wrong.filter(said -> said.contains(NO_ANSWER)).isEmpty()) {
                return wrong;
            }
        }
        return wrong;
    }

    private Optional<String> once(BadRequests.Bad bad) {
        HttpRequest request = HttpRequest.newBuilder(bad.request(), (name, value) -> true)
                .timeout(TIME_LIMIT)
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                return judge(bad, answer, answer.statusCode() < 400 ? "" : text(body));
            }
        } catch (IOException e) {
            return Optional.of(bad.what() + NO_ANSWER + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(InputStream body) throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Optional<String> judge(BadRequests.Bad bad, HttpResponse<?> answer, String body) {
        int status = answer.statusCode();
        if (status < 400) {
            return bad.refused() ? Optional.of(bad.what() + ": is taken: " + status) : Optional.empty();
        }
        boolean problem = status < 500
                && answer.headers().firstValue("Content-Type").equals(Optional.of("application/problem+json"))
                && problem(status, body);
        return problem ? Optional.empty() : Optional.of(bad.what() + ": " + status + " " + body);
    }

    private static boolean problem(int status, String body) {
        JsonTree problem;
        try {
            problem = JsonText.read(body);
        } catch (JsonRefusedException noJson) {
            return false;
        }
        ErrorCode code = ErrorCode.of(ApiDescription.text(problem, "code"));
        return code != ErrorCode.INTERNAL
                && ApiDescription.at(problem, "status").equals(new JsonTree.Numeral(Integer.toString(status)))
                && !ApiDescription.text(problem, "detail").isBlank()
                && !body.contains("Exception")
                && !body.contains("\\tat ");
    }
}
