package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.error.ErrorCode;
import java.net.http.HttpResponse;

/** What every refusal must look like. */
final class ProblemAssert {

    private ProblemAssert() {}

    static void assertProblem(HttpResponse<String> answer, int status, ErrorCode code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(answer.body())
                .contains("\"code\":\"" + code.name() + "\"", "\"status\":" + status, "\"detail\":\"")
                .doesNotContain("Exception", "\\tat ", "io.holdfast.server");
    }
}
