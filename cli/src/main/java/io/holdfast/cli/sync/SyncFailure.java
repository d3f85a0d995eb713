package io.holdfast.cli.sync;

import io.holdfast.core.engine.Failure;
import io.holdfast.core.error.HoldfastException;

/** What a client's failure is to a command, which does not try again. Stateless. */
public final class SyncFailure {

    private SyncFailure() {}

    /** The failure as a command throws it. */
    public static HoldfastException of(Failure failure) {
        String sentence = failure.message().replace("; it is tried again.", ".").replace(" It is tried again.", "");
        return new HoldfastException(failure.code(), sentence);
    }
}
