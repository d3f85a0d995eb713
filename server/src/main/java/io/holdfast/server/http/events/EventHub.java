package io.holdfast.server.http.events;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Hands each move of a scope to everyone who listens to it. Whoever learns of a move calls {@link #moved}: this server
 * after an append of its own, and a listener to the database or a poll for those of other processes. Never waits for a
 * listener. Thread-safe.
 */
public final class EventHub implements AutoCloseable {

    private final Map<String, Set<Subscription>> byScope = new HashMap<>();
    private boolean closed;

    /** Starts listening to some scopes, from now on. Close the subscription afterwards. */
    public synchronized Subscription subscribe(Set<String> scopes) {
        Subscription subscription = new Subscription(scopes, this::forget);
        if (closed) {
            subscription.end();
        } else {
            scopes.forEach(scope -> byScope.computeIfAbsent(scope, name -> new LinkedHashSet<>())
                    .add(subscription));
        }
        return subscription;
    }

    /** A scope has reached a sequence. Reports may come late, twice and out of order. */
    public synchronized void moved(String scope, long sequence) {
        Moved moved = new Moved(scope, sequence);
        byScope.getOrDefault(scope, Set.of()).forEach(subscription -> subscription.offer(moved));
    }

    /** Scopes that someone listens to: those worth polling for. */
    public synchronized Set<String> listenedScopes() {
        return Set.copyOf(byScope.keySet());
    }

    /** Ends every subscription, and those to come. */
    @Override
    public synchronized void close() {
        closed = true;
        byScope.values().forEach(listeners -> listeners.forEach(Subscription::end));
        byScope.clear();
    }

    private synchronized void forget(Subscription subscription) {
        for (String scope : subscription.scopes()) {
            byScope.computeIfPresent(scope, (name, listeners) -> {
                listeners.remove(subscription);
                return listeners.isEmpty() ? null : listeners;
            });
        }
    }
}
