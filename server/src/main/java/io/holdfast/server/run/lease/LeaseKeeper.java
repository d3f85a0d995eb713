package io.holdfast.server.run.lease;

import io.holdfast.core.error.HoldfastException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a lease while a run works, and passes on what others ask of the run. Thread-safe. */
public final class LeaseKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    /** Words of the holder within the length of a lease. */
    private static final int BEATS = 5;

    private final Leases leases;
    private final Lease lease;
    private final RunStop stop;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread keeper = new Thread(work, "holdfast-lease");
        keeper.setDaemon(true);
        return keeper;
    });

    private volatile boolean left;

    /** Keeps a lease until closed, which gives it back. */
    public LeaseKeeper(Leases leases, Lease lease, RunStop stop) {
        this.leases = leases;
        this.lease = lease;
        this.stop = stop;
        long millis = Leases.LENGTH.toMillis() / BEATS;
        var unused = thread.scheduleWithFixedDelay(this::beat, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Says that the holder still works, and hears. A database that does not answer is asked again the next time. */
    void beat() {
        try {
            switch (leases.renew(lease)) {
                case Leases.Standing.Held ignored -> {}
                case Leases.Standing.CancelAsked asked -> stop.cancel(asked.by());
                case Leases.Standing.Lost ignored -> stop.lost();
            }
        } catch (HoldfastException failure) {
            LOG.warn("run {}: the lease could not be renewed: {}", lease.run(), failure.getMessage());
        }
    }

    /** Closing will not give the lease back: it runs out, and the run is found to be lost. */
    public void leave() {
        left = true;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        if (left) {
            return;
        }
        try {
            leases.release(lease);
        } catch (HoldfastException failure) {
            LOG.warn("run {}: the lease runs out by itself: {}", lease.run(), failure.getMessage());
        }
    }
}
