package io.holdfast.server.audit;

/** Where a run's records go: one collection of one scope. */
public record Target(String scope, String collection) {

    @Override
    public String toString() {
        return scope + "/" + collection;
    }
}
