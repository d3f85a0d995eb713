package io.holdfast.client.status;

import io.holdfast.client.system.Machine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells subscribers the value of something that changes, the newest value only. Saying that it changed costs nothing and never
 * waits; the value is read when a subscriber is ready for it, so that a slow one skips what lies between, and never ends
 * with an old value. Thread-safe.
 */
public final class Conflated<T> implements AutoCloseable {

    private final Supplier<T> value;
    private final Machine machine;
    private final List<Subscriber<T>> subscribers = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** @param value reads the present value; called on the subscribers' threads */
    public Conflated(Supplier<T> value, Machine machine) {
        this.value = value;
        this.machine = machine;
    }

    /** Hears of values until closed. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Delivers the present value, and then each new one, to a listener, one call at a time. What the listener throws ends
     * its subscription.
     *
     * @param pause least time between the end of a delivery and the next; zero for none
     */
    public Subscription subscribe(Duration pause, Consumer<T> listener) {
        Subscriber<T> subscriber = new Subscriber<>(value, machine, pause, listener, subscribers::remove);
        if (!closed) {
            subscribers.add(subscriber);
            subscriber.changed();
        }
        return subscriber;
    }

    /** Says that the value may have changed. Never blocks. */
    public void changed() {
        for (Subscriber<T> subscriber : subscribers) {
            subscriber.changed();
        }
    }

    /** Ends all subscriptions; a delivery under way comes to its end. */
    @Override
    public void close() {
        closed = true;
        subscribers.forEach(Subscriber::close);
    }
}
