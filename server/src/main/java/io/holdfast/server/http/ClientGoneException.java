package io.holdfast.server.http;

import java.io.IOException;

/** The client has closed the connection, or stopped reading, before the answer was whole: there is nobody to tell. */
final class ClientGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    ClientGoneException(Throwable cause) {
        super("the client is gone", cause);
    }
}
