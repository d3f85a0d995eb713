package io.holdfast.server.storage.sql;

/** Hears of scopes that some process has moved. Called from one thread at a time; must not wait. */
@FunctionalInterface
public interface MoveListener {

    /** A scope has reached a sequence, or had; reports may come late, twice, out of order or not at all. */
    void moved(String scope, long sequence);
}
