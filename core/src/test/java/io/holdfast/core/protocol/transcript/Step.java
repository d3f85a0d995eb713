package io.holdfast.core.protocol.transcript;

import io.holdfast.core.exchange.Principal;

/** One thing that happens in a conversation. */
sealed interface Step {

    /**
     * A request and its answer, byte for byte.
     *
     * @param title what happens, for readers
     * @param atMillis the server's clock
     * @param path of the address the request goes to
     */
    record Call(String title, long atMillis, Principal principal, String path, String request, String answer)
            implements Step {}

    /** Something that happens to the server itself. */
    record Event(String title, Happening server) implements Step {}

    /** What can happen to a server. */
    enum Happening {
        /** A backup of the database is taken. */
        BACKUP,
        /** The latest backup replaces the database. */
        RESTORE
    }
}
