package io.holdfast.server.http.app;

import io.holdfast.core.exchange.DecisionRules;
import io.holdfast.core.schema.Schema;

/** An application on a server: a schema, who decides about its records, and addresses of its own. Thread-safe. */
public interface Application {

    /** Its records. */
    Schema schema();

    /** Who decides about them. */
    DecisionRules decisions();

    /**
     * Its part of the description of the API, in OpenAPI 3.1 as YAML: {@code paths:} with its addresses, then {@code components:} with
     * {@code schemas:} and nothing else, indented by two. It may refer to the components of the server.
     */
    String description();

    /** Called once, when a server is put together. */
    Hosted host(Hosting hosting);
}
