package io.holdfast.client.status;

import io.holdfast.client.system.Machine;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener of a {@link Conflated} value. Its state says what happens next, so that at most one delivery or one alarm is
 * under way however often the value changes. Thread-safe.
 */
final class Subscriber<T> implements Conflated.Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    /** After how long a value that could not be read is read again. */
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private enum State {
        /** Knows the newest value. */
        IDLE,
        /** Reads a value and calls the listener. */
        DELIVERING,
        /** The same, and the value changed meanwhile. */
        DELIVERING_OLD,
        /** Rests after a delivery. */
        PAUSING,
        /** The same, and the value changed meanwhile. */
        PAUSING_OLD,
        /** Hears nothing more. */
        CLOSED
    }

    private final Supplier<T> value;
    private final Machine machine;
    private final Duration pause;
    private final Consumer<T> listener;
    private final Consumer<Subscriber<T>> onClose;
    private State state = State.IDLE;
    private Optional<T> delivered = Optional.empty();
    private boolean unreadable;

    Subscriber(
            Supplier<T> value, Machine machine, Duration pause, Consumer<T> listener, Consumer<Subscriber<T>> onClose) {
        this.value = value;
        this.machine = machine;
        this.pause = pause;
        this.listener = listener;
        this.onClose = onClose;
    }

    synchronized void changed() {
        switch (state) {
            case IDLE -> start();
            case DELIVERING -> state = State.DELIVERING_OLD;
            case PAUSING -> state = State.PAUSING_OLD;
            case DELIVERING_OLD, PAUSING_OLD, CLOSED -> {}
        }
    }

    private void start() {
        state = State.DELIVERING;
        machine.start("status", this::deliver);
    }

    private void deliver() {
        if (closed()) {
            return;
        }
        Optional<T> read = read();
        try {
            if (read.isPresent() && !delivered.equals(read)) {
                delivered = read;
                listener.accept(read.get());
            }
            rest(read.isPresent());
        } catch (RuntimeException failed) {
            if (!closed()) {
                LOG.warn("a listener failed and hears nothing more", failed);
                close();
            }
        }
    }

    /** The present value; nothing if it could not be read now, which is no reason to end with an old one. */
    private Optional<T> read() {
        try {
            Optional<T> now = Optional.of(value.get());
            unreadable = false;
            return now;
        } catch (RuntimeException failed) {
            if (failed instanceof HoldfastException known && known.code() == ErrorCode.STORE_CLOSED) {
                close();
            } else if (!closed() && !unreadable) {
                unreadable = true;
                LOG.warn("a value could not be read for a listener; it is tried again", failed);
            }
            return Optional.empty();
        }
    }

    private synchronized boolean closed() {
        return state == State.CLOSED;
    }

    private synchronized void rest(boolean read) {
        if (state == State.CLOSED) {
            return;
        }
        if (!read) {
            state = State.PAUSING_OLD;
            machine.after(pause.compareTo(AGAIN) < 0 ? AGAIN : pause, this::pauseOver);
            return;
        }
        if (pause.isZero()) {
            rested(state == State.DELIVERING_OLD);
            return;
        }
        state = state == State.DELIVERING_OLD ? State.PAUSING_OLD : State.PAUSING;
        machine.after(pause, this::pauseOver);
    }

    private synchronized void pauseOver() {
        if (state != State.CLOSED) {
            rested(state == State.PAUSING_OLD);
        }
    }

    private void rested(boolean old) {
        if (old) {
            start();
        } else {
            state = State.IDLE;
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            state = State.CLOSED;
        }
        onClose.accept(this);
    }
}
