package io.holdfast.server.run.write;

import io.holdfast.core.exchange.ServerWrite;
import io.holdfast.server.audit.Fate;
import java.util.Optional;

/**
 * What comes of a planned write once the record is seen under the scope's lock.
 *
 * @param fate of the record; empty if the record changed since it was compared and nothing says who is right
 * @param write what is written; empty for nothing, or for a deletion
 */
record Ruling(Optional<Fate> fate, Optional<ServerWrite> write, boolean deletes) {

    static Ruling write(Fate fate, ServerWrite write) {
        return new Ruling(Optional.of(fate), Optional.of(write), false);
    }

    static Ruling delete() {
        return new Ruling(Optional.of(Fate.DELETED), Optional.empty(), true);
    }

    static Ruling leave(Fate fate) {
        return new Ruling(Optional.of(fate), Optional.empty(), false);
    }

    static Ruling stale() {
        return new Ruling(Optional.empty(), Optional.empty(), false);
    }
}
