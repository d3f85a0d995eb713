package io.holdfast.server.http.body;

import io.holdfast.core.Limits;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;

/**
 * What is left of a request's body when its answer is ready. A connection that is closed with bytes unread resets the
 * client, which then often loses the answer that says why; so a leftover is read to its end, up to a limit. Stateless.
 */
public final class Leftover {

    /** More than a body may have, so that one that is only a little too large is answered properly. */
    private static final long BYTES_MAX = Limits.BODY_BYTES_MAX + (1L << 20);

    private static final String NONE = Leftover.class.getName();
    private static final int CHUNK = 1 << 14;

    private Leftover() {}

    /** Remembers that the body was read to its end. */
    public static void none(HttpServletRequest request) {
        request.setAttribute(NONE, true);
    }

    /** Reads what is left. Returns whether the connection can be used again. */
    public static boolean drain(HttpServletRequest request) {
        if (request.getAttribute(NONE) != null) {
            return true;
        }
        // Who waits for a go-ahead has sent nothing yet, and even a look at the stream would give it.
        if (request.getHeader("Expect") != null) {
            return false;
        }
        try {
            return drain(request.getInputStream());
        } catch (IOException | IllegalStateException cut) {
            return false;
        }
    }

    private static boolean drain(InputStream in) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long left = BYTES_MAX;
        int length = in.read(chunk);
        while (length >= 0 && left > 0) {
            left -= length;
            length = in.read(chunk);
        }
        return length < 0;
    }
}
