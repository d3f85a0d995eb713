package io.holdfast.store.backup;

import java.nio.file.Path;

/** What is backed up: knows how to read a database of its kind. Thread-safe. */
public interface Subject {

    /** Its kind. */
    Manifest.Kind kind();

    /**
     * Looks at every record of a database that nobody else uses; may leave it in another form that means the same.
     *
     * @throws io.holdfast.core.error.HoldfastException STORE_DAMAGED, STORE_NOT_A_STORE, SCHEMA_MISMATCH if it cannot be read
     *     at all; single records that are not what was stored are counted
     */
    Manifest.Content content(Path database);

    /**
     * Refuses to put one database in the place of another that it has nothing to do with.
     *
     * @param there a database that is there; may be damaged
     */
    void requireFits(Manifest.Content content, Path there);

    /**
     * Keeps others from opening a database, be it there or not, until the hold is closed.
     *
     * @throws io.holdfast.core.error.HoldfastException STORE_IN_USE
     */
    Hold hold(Path database);

    /** Gives others way again when it is closed. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
