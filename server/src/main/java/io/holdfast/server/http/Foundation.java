package io.holdfast.server.http;

import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.core.schema.Schema;
import io.holdfast.server.auth.TokenStorage;
import io.holdfast.server.system.Machine;
import java.util.List;

/**
 * What a server stands on.
 *
 * @param storage of the scopes; the server closes it when it stops
 * @param tokens of everyone who may sign in
 * @param schemas that it serves, without the system collections
 * @param rules on who may write what, beyond the schemas
 * @param machine time and chance
 */
public record Foundation(
        ServerStorage storage, TokenStorage tokens, List<Schema> schemas, WriteRules rules, Machine machine) {

    /** Copies. */
    public Foundation {
        schemas = List.copyOf(schemas);
    }
}
