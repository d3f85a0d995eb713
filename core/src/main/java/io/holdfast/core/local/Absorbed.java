package io.holdfast.core.local;

/**
 * What an answer did to the store.
 *
 * @param complete whether the store has followed the server to its head
 * @param equal whether the fingerprints were equal; also true where there was nothing to compare
 * @param settled changes of the batch that were settled
 * @param conflicts how many of them lost something
 * @param refused how many of them went into quarantine
 * @param pulled records that came from the server
 * @param pendingLeft whether changes wait to be sent
 */
public record Absorbed(
        boolean complete, boolean equal, int settled, int conflicts, int refused, int pulled, boolean pendingLeft) {}
