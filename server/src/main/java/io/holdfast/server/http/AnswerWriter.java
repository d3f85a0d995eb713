package io.holdfast.server.http;

import io.holdfast.core.protocol.Protocol;
import io.holdfast.core.value.Sha256;
import io.holdfast.server.http.body.AnswerEncoder;
import io.holdfast.server.http.body.Encoding;
import io.holdfast.server.http.body.Leftover;
import io.holdfast.server.http.problem.Problem;
import io.holdfast.server.metrics.ServerMetrics;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Puts one answer on the wire. */
final class AnswerWriter {

    private final Context context;
    private final ServerMetrics metrics;

    AnswerWriter(Context context, ServerMetrics metrics) {
        this.context = context;
        this.metrics = metrics;
    }

    /** Writes an answer. Returns when it is on its way; of a stream, when that is over. */
    void write(Answer answer) throws ClientGoneException {
        switch (answer) {
            case Answer.Whole whole -> writeWhole(whole);
            case Answer.Stream stream -> writeStream(stream);
        }
    }

    /** Writes a refusal. Of an answer that has already begun, nothing can be taken back: the connection is cut. */
    void write(Problem problem) throws ClientGoneException {
        if (context.res().isCommitted()) {
            throw new ClientGoneException(new IllegalStateException("the answer had begun"));
        }
        writeWhole(new Answer.Whole(problem.status(), Problem.MEDIA_TYPE, problem.body(), problem.headers()));
    }

    private void writeWhole(Answer.Whole whole) throws ClientGoneException {
        HttpServletResponse response = context.res();
        if (!Leftover.drain(context.req())) {
            response.setHeader("Connection", "close");
        }
        response.setStatus(whole.status());
        whole.headers().forEach(response::setHeader);
        if (whole.mediaType().isEmpty()) {
            return;
        }
        Encoding encoding = AnswerEncoder.choose(header("Accept-Encoding"), whole.body().length);
        byte[] body = AnswerEncoder.encode(whole.body(), encoding);
        response.setContentType(whole.mediaType());
        response.setHeader("Vary", "Accept-Encoding");
        response.setHeader(
                Protocol.DIGEST_HEADER, new Sha256().bytes(whole.body()).hex());
        if (encoding != Encoding.IDENTITY) {
            response.setHeader("Content-Encoding", encoding.token());
        }
        response.setContentLength(body.length);
        metrics.sent(body.length);
        try {
            response.getOutputStream().write(body);
        } catch (IOException gone) {
            throw new ClientGoneException(gone);
        }
    }

    private void writeStream(Answer.Stream stream) throws ClientGoneException {
        HttpServletResponse response = context.res();
        response.setStatus(200);
        response.setContentType(stream.mediaType());
        try (Answer.Held held = stream.held()) {
            OutputStream out = response.getOutputStream();
            response.flushBuffer();
            stream.writer().writeTo(out);
        } catch (IOException gone) {
            throw new ClientGoneException(gone);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ClientGoneException(interrupted);
        }
    }

    private String header(String name) {
        return Optional.ofNullable(context.header(name)).orElse("");
    }
}
