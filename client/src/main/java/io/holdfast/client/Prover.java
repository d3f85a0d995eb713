package io.holdfast.client;

import io.holdfast.client.system.Machine;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.LocalStorage;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.Proof;
import io.holdfast.core.local.Scrub;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the proofs that look at actual rows: on demand, and by itself when one has grown old. Thread-safe. */
final class Prover implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Prover.class);
    private static final int NONCE_BYTES = 16;
    private static final Duration LOOK = Duration.ofHours(1);

    private final LocalStorage storage;
    private final Schema schema;
    private final Driver driver;
    private final Machine machine;
    private final ProofPace pace;
    private volatile boolean closed;
    private volatile Machine.Alarm alarm = () -> {};

    /**
     * A prover that does nothing by itself yet.
     *
     * @param schema with the system collections
     */
    Prover(LocalStorage storage, Schema schema, Driver driver, Machine machine, ProofPace pace) {
        this.storage = storage;
        this.schema = schema;
        this.driver = driver;
        this.machine = machine;
        this.pace = pace;
    }

    /** Looks after the age of proofs from now on; at another moment than other devices that were started together. */
    void start() {
        alarm = machine.after(Duration.ofMillis(machine.random().nextLong(LOOK.toMillis()) + 1), this::look);
    }

    private void look() {
        if (!closed) {
            machine.start("proof", this::renew);
            alarm = machine.after(LOOK, this::look);
        }
    }

    private DeviceState device() {
        return storage.read(LocalTransaction::device);
    }

    /** Damage that is found unasked is repaired unasked: changes that wait to be sent are not touched by it. */
    private void renew() {
        try {
            if (old(Proof.Level.L1, pace.scrubEvery()) && !scrub(true).isEmpty()) {
                driver.exchange(new Wait(Wait.Patience.FIRST_FAILURE));
            }
            if (old(Proof.Level.L2, pace.challengeEvery())) {
                challenge(new Wait(Wait.Patience.FIRST_FAILURE));
            }
        } catch (HoldfastException failed) {
            LOG.atWarn().addKeyValue("code", failed.code()).log("a proof was not made; it is tried again in an hour");
        }
    }

    private boolean old(Proof.Level level, Duration every) {
        long now = machine.clock().millis();
        return !closed
                && Optional.ofNullable(device().proofs().get(level))
                        .map(proof -> Math.abs(now - proof.atMillis()) >= every.toMillis())
                        .orElse(true);
    }

    /** Compares every row with its digest; writers wait only while the findings are written down. */
    List<RecordKey> scrub(boolean repair) {
        Scrub scrub = new Scrub(schema);
        Scrub.Look look = storage.read(scrub::look);
        return storage.write(transaction ->
                scrub.settle(transaction, look, repair, machine.clock().millis()));
    }

    /** Has the driver compare the actual rows of both sides under a fresh nonce. */
    void challenge(Wait wait) {
        byte[] nonce = new byte[NONCE_BYTES];
        machine.random().nextBytes(nonce);
        driver.challenge(wait, HexFormat.of().formatHex(nonce));
    }

    /** The latest proofs, in the order of their levels; that of the actual rows only if asked for. */
    List<Proof> proofs(boolean deep) {
        List<Proof> proofs = new ArrayList<>(device().proofs().values());
        proofs.removeIf(proof -> proof.level() == Proof.Level.L2 && !deep);
        return proofs;
    }

    @Override
    public void close() {
        closed = true;
        alarm.cancel();
    }
}
