package io.holdfast.client;

import io.holdfast.core.engine.Failure;
import io.holdfast.core.local.Proof;
import java.util.Optional;

/**
 * What came of synchronising on demand.
 *
 * @param level whether this store and the server are level: nothing waits to be sent, nothing is left to fetch
 * @param totals what was exchanged meanwhile
 * @param proof the latest comparison of all records after an exchange (L0); absent if there never was one
 * @param failure why it is not level; present exactly when it is not
 */
public record SyncResult(boolean level, Totals totals, Optional<Proof> proof, Optional<Failure> failure) {

    /** Whether both sides are level and were found to hold the same. */
    public boolean proven() {
        return level && proof.filter(Proof::equal).isPresent();
    }
}
