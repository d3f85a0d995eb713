package io.holdfast.server.run.compare;

import io.holdfast.core.reconcile.Digest;

/** Receives where a source and a target differ, ascending by the UTF-8 bytes of the ids. */
public interface Differences {

    /** The source has a record that the target lacks. */
    void gap(Entry entry);

    /** Both have a record, with different contents. */
    void mismatch(Entry entry, Digest held);

    /** The target has a record that the source lacks. */
    void surplus(String id, Digest held);
}
