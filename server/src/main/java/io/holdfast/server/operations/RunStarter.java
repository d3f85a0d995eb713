package io.holdfast.server.operations;

import io.holdfast.server.audit.Cause;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.settings.SourceSettings;

/** Starts and ends runs of configured sources. Thread-safe. */
public interface RunStarter {

    /**
     * Starts a run, and returns while it works; its journal says how it goes.
     *
     * @param by who asks for it
     * @throws io.holdfast.core.error.HoldfastException RUN_ACTIVE if one works on the target, with its id as {@code run} in the
     *     context; and what opening the source or its mapping throws
     */
    RunId start(SourceSettings source, Cause cause, String by);

    /**
     * Asks a run to end, whichever process it is in; it leaves whole records only, and the journal says when it has ended.
     *
     * @return whether any process works on it
     */
    boolean cancel(RunId run, String by);
}
