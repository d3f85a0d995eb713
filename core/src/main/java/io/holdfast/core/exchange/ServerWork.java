package io.holdfast.core.exchange;

import java.util.List;

/**
 * What the server shall write by its own hand, all in one append.
 *
 * @param writes in this order; nothing is appended if none changes anything
 * @param answer for whoever asked, once everything is durable
 */
public record ServerWork<T>(List<ServerWrite> writes, T answer) {

    /** Copies. */
    public ServerWork {
        writes = List.copyOf(writes);
    }
}
