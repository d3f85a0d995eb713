package io.holdfast.earnings;

import io.holdfast.client.SyncClient;
import io.holdfast.client.SyncStatus;
import io.holdfast.core.local.DeviceState;
import io.holdfast.earnings.clock.ClockReading;
import io.holdfast.store.Store;
import java.time.Duration;
import java.util.Optional;

/** The server, as far as this device hears of it: what its answers say of the time, and whether it is there. For one thread at a time. */
final class Connection {

    /** A server that was heard of so lately is taken to be there. */
    private static final Duration HEARD = Duration.ofMinutes(2);

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Store store;
    private final DeviceTime time;
    private final Mining mining;
    private Optional<SyncClient> client = Optional.empty();
    private boolean failing;
    private long heardMillis;
    private long heardMicros = Long.MIN_VALUE / 2;

    Connection(Store store, DeviceTime time, Mining mining) {
        this.store = store;
        this.time = time;
        this.mining = mining;
    }

    Optional<SyncClient> client() {
        return client;
    }

    /** Whether the last try failed. */
    boolean failing() {
        return failing;
    }

    void open(SyncClient connected) {
        client = Optional.of(connected);
    }

    void close() {
        client.ifPresent(SyncClient::close);
        client = Optional.empty();
    }

    /** Whether the server is there, as far as can be told. */
    boolean there() {
        return client.isPresent() && time.now().micros() - heardMicros < HEARD.toNanos() / 1_000;
    }

    /** Each answer of the server says what time it is. */
    void heard(SyncStatus status) {
        failing = status.lastFailure().isPresent();
        ClockReading reading = time.read();
        DeviceState.ClockOffset offset = store.device().clock();
        boolean measured = offset.incarnation() == store.device().identity().incarnation();
        if (!measured || status.lastExchangeMillis() == heardMillis || !fresh(status, reading)) {
            return;
        }
        heardMillis = status.lastExchangeMillis();
        long server = reading.wallMicros() + offset.offsetMillis() * 1_000;
        time.confirm(reading, server).ifPresent(ahead -> mining.retime(Duration.ofNanos(ahead * 1_000)));
        heardMicros = server;
        mining.refresh();
        mining.reclaim();
    }

    /** An offset holds only as long as nobody has set the clock since it was measured. */
    private static boolean fresh(SyncStatus status, ClockReading reading) {
        return Math.abs(reading.wallMicros() / 1_000 - status.lastExchangeMillis()) <= FRESH.toMillis();
    }
}
