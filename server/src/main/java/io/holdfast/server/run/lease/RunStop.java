package io.holdfast.server.run.lease;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Where a run hears that it shall end; it looks between records and between batches. Thread-safe. */
public final class RunStop {

    private final AtomicReference<Optional<HoldfastException>> reason = new AtomicReference<>(Optional.empty());

    /** Somebody wants the run to end; the first reason counts. */
    public void cancel(String by) {
        because(new HoldfastException(
                ErrorCode.CANCELLED,
                "The run was cancelled by " + by + "; what it had written stands.",
                Map.of("by", by)));
    }

    void lost() {
        because(Leases.lost());
    }

    private void because(HoldfastException failure) {
        reason.compareAndSet(Optional.empty(), Optional.of(failure));
    }

    /**
     * Goes on, unless the run shall end.
     *
     * @throws HoldfastException CANCELLED, RUN_LOST
     */
    public void check() {
        reason.get().ifPresent(failure -> {
            throw failure;
        });
    }
}
