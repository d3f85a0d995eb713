package io.holdfast.server.audit;

/**
 * Something that was done so that a run goes on.
 *
 * @param phase during which it was done
 * @param attempt which try it was, from 1
 * @param detail one sentence: what had happened, and what was done
 */
public record Recovery(Action action, Phase phase, int attempt, String detail) {

    /** What was done. */
    public enum Action {
        /** The same again after a pause. */
        RETRIED,
        /** A new connection to the database. */
        RECONNECTED,
        /** A record was left out, so that the others go on. */
        SKIPPED,
        /** A batch was divided to find the record that it fails for. */
        BISECTED,
        /** Records that verification had found were written again. */
        RESYNCED,
        /** A run that broke off was carried on. */
        RESUMED,
        /** A run whose process is gone was taken over. */
        TAKEN_OVER,
        /** Records that had failed are tried again later. */
        RETRY_PLANNED
    }
}
