package io.holdfast.core.engine;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.identity.BatchMark;
import java.util.Optional;

/**
 * Tells a batch over which the server fails from a server that fails: counts the failures over one batch, and calls for its
 * withdrawal when they are enough. The withdrawal is a small exchange of the same replica that writes: that it succeeds where the
 * batch has just failed is what convicts a change that stands alone. Not thread-safe.
 */
final class Suspicion {

    private final int after;
    private BatchMark batch = BatchMark.NONE;
    private long failures;

    /**
     * No suspicion yet.
     *
     * @param after as {@link RetryPolicy#suspectAfter}
     */
    Suspicion(int after) {
        this.after = after;
    }

    /**
     * An exchange with a batch failed.
     *
     * @param changesMax most changes that were to go into a batch; one that holds more is a group, which is never divided
     * @return the withdrawal that is to follow at once, if it is time
     */
    Optional<Work.Withdraw> failed(Outgoing.Exchange sent, Failure failure, int changesMax) {
        // A server that says when to come again is not at its wit's end, and nor is one that names another cause.
        if (after == 0 || failure.code() != ErrorCode.INTERNAL || failure.retryAfterMillis() > 0) {
            return Optional.empty();
        }
        failures = sent.batch().equals(batch) ? failures + 1 : 1;
        batch = sent.batch();
        int changes = Math.min(changesMax, sent.changes());
        boolean divisible = changes > 1;
        if (failures < (divisible ? after : 2L * after)) {
            return Optional.empty();
        }
        batch = BatchMark.NONE;
        return Optional.of(new Work.Withdraw(changes, divisible ? Optional.empty() : Optional.of(verdict(failure))));
    }

    private Failure verdict(Failure failure) {
        String message = "The server failed " + failures
                + " times over this change alone, and served what was sent without it."
                + " Report it, and retry the change when the server is mended. The server said: " + failure.message();
        return new Failure(failure.code(), message, 0, true);
    }
}
