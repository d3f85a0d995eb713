package io.holdfast.server.http;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.server.auth.Access;
import io.holdfast.server.http.body.BodyMemory;
import io.holdfast.server.http.body.BodyReader;
import io.holdfast.server.http.body.Encoding;
import io.holdfast.server.http.body.Leftover;
import io.holdfast.server.http.problem.HttpRefusal;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** One request that has passed the gate. Not thread-safe. */
public final class Call {

    private final Context context;
    private final Optional<Access> access;
    private final BodyMemory.Lease memory;
    private final Query query;

    Call(Context context, Optional<Access> access, BodyMemory.Lease memory) {
        this.context = context;
        this.access = access;
        this.memory = memory;
        this.query = Query.parse(Optional.ofNullable(context.queryString()).orElse(""));
    }

    /** Who calls; only on addresses that ask for a role. */
    public Access access() {
        return access.orElseThrow(() -> new IllegalStateException("the address is open to everybody"));
    }

    /** Who calls, if that is known. */
    public Optional<Access> anyAccess() {
        return access;
    }

    /** A variable part of the address, decoded. */
    public String path(String name) {
        return context.pathParam(name);
    }

    /** The parameters. */
    public Query query() {
        return query;
    }

    /** Whether the connection is encrypted. */
    public boolean secure() {
        return context.req().isSecure();
    }

    /** A header, empty if it is not there. */
    public String header(String name) {
        return Optional.ofNullable(context.header(name)).orElse("");
    }

    /** A cookie, empty if it is not there. */
    public String cookie(String name) {
        return Cookies.value(header("Cookie"), name);
    }

    /**
     * The body, which must be JSON by its header; plain, whole and within the limit. May be called once.
     *
     * @throws HttpRefusal REQUEST_INVALID, BODY_TOO_LARGE, ENCODING_INVALID, UNAVAILABLE
     */
    public byte[] jsonBody() {
        requireJson(header("Content-Type"));
        Encoding encoding = Encoding.of(header("Content-Encoding"))
                .orElseThrow(() -> HttpRefusal.withStatus(
                        ErrorCode.ENCODING_INVALID,
                        415,
                        "The body's Content-Encoding is not known here; use zstd, gzip or none."));
        try {
            byte[] body = BodyReader.read(
                    context.req().getInputStream(), context.req().getContentLengthLong(), encoding, memory);
            Leftover.none(context.req());
            return body;
        } catch (IOException cut) {
            throw HttpRefusal.invalid("The body cannot be read; send it again.");
        }
    }

    private static void requireJson(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", 2);
        boolean utf8 = parts.length == 1
                || parts[1].replace("\"", "").replace(" ", "").equals("charset=utf-8")
                || parts[1].isBlank();
        if (!parts[0].strip().equals(Answer.JSON) || !utf8) {
            throw HttpRefusal.withStatus(
                    ErrorCode.REQUEST_INVALID,
                    415,
                    "The body's Content-Type is not application/json; say so if it is, and send JSON if it is not.");
        }
    }
}
