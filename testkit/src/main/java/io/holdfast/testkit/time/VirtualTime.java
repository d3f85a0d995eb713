package io.holdfast.testkit.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A timeline of events that runs as fast as they can be worked off: time stands still while an event runs and jumps to the next one.
 *
 * <p>Events run in the order of their time, and of their scheduling where times are equal, so that the same program gives the same
 * course. An event may schedule others. It is also the clock of its world, and an executor that runs tasks at the present moment.
 * What an event throws leaves the method that ran it; the event counts as run. Not thread-safe: everything happens on one thread.
 */
public final class VirtualTime implements InstantSource, Executor {

    /** An event on the timeline. */
    public final class Event {

        private final Instant at;
        private final long sequence;
        private final Runnable action;
        private boolean waiting = true;

        private Event(Instant at, long sequence, Runnable action) {
            this.at = at;
            this.sequence = sequence;
            this.action = action;
        }

        /** When the event runs or ran. */
        public Instant at() {
            return at;
        }

        /** Takes the event off the timeline; returns whether it was still waiting. */
        public boolean cancel() {
            boolean cancelled = waiting;
            waiting = false;
            if (cancelled) {
                live--;
            }
            return cancelled;
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>(VirtualTime::order);
    private Instant now;
    private long scheduled;
    private int live;

    /** Creates an empty timeline that begins at {@code start}. */
    public VirtualTime(Instant start) {
        this.now = start;
    }

    private static int order(Event left, Event right) {
        int byTime = left.at.compareTo(right.at);
        return byTime != 0 ? byTime : Long.compare(left.sequence, right.sequence);
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Schedules an event; one whose time has passed runs now, after those that already wait for now. */
    public Event at(Instant at, Runnable action) {
        Event event = new Event(at.isBefore(now) ? now : at, scheduled++, action);
        events.add(event);
        live++;
        return event;
    }

    /** Schedules an event {@code delay} from now. */
    public Event after(Duration delay, Runnable action) {
        return at(now.plus(delay), action);
    }

    /** Schedules {@code task} for now, after the event that is running. */
    @Override
    public void execute(Runnable task) {
        at(now, task);
    }

    /** Returns the time of the next event. */
    public Optional<Instant> nextAt() {
        return Optional.ofNullable(skipCancelled()).map(event -> event.at);
    }

    /** Returns the number of events that wait. */
    public int waiting() {
        return live;
    }

    /** Moves to the next event and runs it; returns whether there was one. */
    public boolean runNext() {
        return runNextUntil(Instant.MAX);
    }

    /** Moves to the next event and runs it, unless it comes after {@code end}; returns whether there was one. */
    public boolean runNextUntil(Instant end) {
        Event event = skipCancelled();
        if (event == null || event.at.isAfter(end)) {
            return false;
        }
        events.remove();
        now = event.at;
        event.waiting = false;
        live--;
        event.action.run();
        return true;
    }

    /** Runs every event up to {@code end}, those at {@code end} and those scheduled meanwhile included, and stops at {@code end}. */
    public void runUntil(Instant end) {
        while (runNextUntil(end)) {
            // Each may schedule others.
        }
        if (now.isBefore(end)) {
            now = end;
        }
    }

    /** Runs every event of the coming {@code span}. */
    public void runFor(Duration span) {
        runUntil(now.plus(span));
    }

    /**
     * Runs until no event waits.
     *
     * @return how many events ran
     * @throws IllegalStateException if events still wait after {@code limit} of them: the world does not come to rest
     */
    public int runAll(int limit) {
        int ran = 0;
        while (runNext()) {
            ran++;
            if (ran == limit && live > 0) {
                throw new IllegalStateException(
                        live + " events still wait after " + limit + "; the world does not come to rest.");
            }
        }
        return ran;
    }

    private @Nullable Event skipCancelled() {
        Event event = events.peek();
        while (event != null && !event.waiting) {
            events.remove();
            event = events.peek();
        }
        return event;
    }
}
