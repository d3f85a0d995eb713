package io.holdfast.server.http.app;

import io.holdfast.server.http.Route;
import java.util.List;

/** An application while a server runs. Thread-safe. */
public interface Hosted extends AutoCloseable {

    /** Its addresses; they begin with {@code /api/} and the schema's name. */
    List<Route> routes();

    /** Whether it does its work; asked about once a second at most. */
    Health health();

    /** An exchange of its schema is over. Must be quick, and never fail. */
    default void exchanged(Exchanged exchanged) {}

    /** The server stops. */
    @Override
    default void close() {}
}
