package io.holdfast.client.transport;

import io.holdfast.core.engine.Failure;
import io.holdfast.core.error.ErrorCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** What an exception of the network means to people. Stateless. */
final class Unreachable {

    private Unreachable() {}

    /** The failure that an exception stands for. */
    static Failure failure(URI server, IOException thrown) {
        if (within(thrown, BoundedBody.TooLargeException.class)) {
            return new Failure(
                    ErrorCode.SERVER_ANSWER,
                    "The answer of " + server
                            + " is larger than any answer may be. Check that the address is a Holdfast" + " server.",
                    0,
                    false);
        }
        return switch (thrown) {
            case HttpConnectTimeoutException ignored -> unreachable(server, "it does not take the connection");
            case HttpTimeoutException ignored ->
                Failure.unreachable("The server at " + server + " did not answer in time. It is tried again.");
            case ConnectException refused ->
                unreachable(
                        server,
                        within(refused, UnresolvedAddressException.class)
                                ? "its name is not known"
                                : "nothing listens there");
            case SSLException untrusted
            when within(untrusted, CertificateException.class) ->
                Failure.unreachable("The server at " + server + " shows a certificate that is not trusted here ("
                        + untrusted.getMessage() + "). If it is the right server, name its certificate with --trust,"
                        + " or in code with ClientOptions.withTrust; it is tried again.");
            case SSLException broken ->
                unreachable(server, "no encrypted connection comes about (" + broken.getMessage() + ")");
            default ->
                Failure.unreachable(
                        "The connection to " + server + " broke before the answer was whole. It is tried again.");
        };
    }

    private static Failure unreachable(URI server, String why) {
        return Failure.unreachable("The server at " + server + " cannot be reached: " + why
                + ". Check the address and the network; it is tried again.");
    }

    private static boolean within(Throwable thrown, Class<? extends Exception> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
