package io.holdfast.core.engine;

import io.holdfast.core.error.ErrorCode;
import java.util.Optional;

/**
 * Tells a server, or a store, that was restored from an address behind which there is more than one server. What the server
 * recognises is followed at once, and an exchange succeeds soon after; where none does, each answer was given by
 * another memory than the one before, and following them all would go on without end. Not thread-safe.
 */
final class Recognitions {

    /** A server and a store that were both restored, and a registration that was lost, are three. */
    static final int AT_ONCE_MAX = 3;

    private int inARow;

    /** The server has recognised something again. */
    void another() {
        inARow++;
    }

    /** An exchange has been applied. */
    void over() {
        inARow = 0;
    }

    /** How many there were beyond those that are followed at once. */
    int tooMany() {
        return Math.max(0, inARow - AT_ONCE_MAX);
    }

    /** Why there is to be a wait before the next; none as long as there were not too many. */
    Optional<Failure> failure() {
        if (tooMany() == 0) {
            return Optional.empty();
        }
        String message = "The server has disowned this device or its own past " + inARow
                + " times in a row, without an exchange in between."
                + " Check that all servers behind this address share one database; it is tried again.";
        return Optional.of(new Failure(ErrorCode.SERVER_ANSWER, message, 0, true));
    }
}
