package io.holdfast.server.http.jetty;

import io.holdfast.server.http.SecurityHeaders;
import io.holdfast.server.http.problem.Problem;
import io.holdfast.server.http.problem.Problems;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Answers what never becomes a request of ours, such as malformed HTTP, with problem details and without a stack trace. */
final class ProblemErrorHandler extends ErrorHandler {

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        Problem problem = Problems.ofStatus(code);
        byte[] body = headers(problem, response.getHeaders());
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    @Override
    protected boolean generateAcceptableResponse(
            Request request,
            Response response,
            Callback callback,
            String contentType,
            List<Charset> charsets,
            int code,
            @Nullable String message,
            @Nullable Throwable cause) {
        generateResponse(request, response, code, message, cause, callback);
        return true;
    }

    private static byte[] headers(Problem problem, HttpFields.Mutable fields) {
        byte[] body = problem.body();
        SecurityHeaders.ALL.forEach(fields::put);
        problem.headers().forEach(fields::put);
        fields.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        fields.put(HttpHeader.CONTENT_LENGTH, body.length);
        return body;
    }
}
