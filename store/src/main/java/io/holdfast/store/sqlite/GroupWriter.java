package io.holdfast.store.sqlite;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.record.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a store: callers queue, and whoever finds the writer free commits everything queued in one SQLite
 * transaction, so that many callers share one fsync. Thread-safe.
 *
 * <p>Each member of a group runs in a savepoint: if it fails, it fails alone. If the commit fails, all members fail and
 * nothing of the group happened. Members run in the order in which they queued.
 *
 * <p>Source: the leader and followers of group commit as in DeWitt et al., "Implementation Techniques for Main Memory
 * Database Systems", SIGMOD 1984, led by one of the callers instead of a log thread, as in LevelDB's write queue.
 */
final class GroupWriter {

    /** Members in one commit, so that the first of them does not wait for all the world. */
    private static final int GROUP_MAX = 256;

    private final SqlSession session;
    private final Catalog catalog;
    private final PlatformThreads platform;
    private final Consumer<List<RecordKey>> committed;
    private final ConcurrentLinkedQueue<Member<?>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean led = new AtomicBoolean();
    private volatile @Nullable Thread inside;
    private volatile boolean closed;
    private final StoreHeadTable heads;
    private volatile StoreHead head;

    /**
     * A writer on a connection that nobody else uses.
     *
     * @param committed hears of the records of each commit, after it, before its members return
     */
    GroupWriter(SqlSession session, Catalog catalog, PlatformThreads platform, Consumer<List<RecordKey>> committed) {
        this.session = session;
        this.catalog = catalog;
        this.platform = platform;
        this.committed = committed;
        heads = new StoreHeadTable(session);
        head = heads.stored();
    }

    /** The head that stands. */
    StoreHead head() {
        return head;
    }

    /** Runs a body in a group and returns once it is durable. The body may run on another caller's thread. */
    <T> T grouped(Function<SqliteTransaction, T> body) {
        return run(new Member<>(body, false));
    }

    /** Runs a body as the only member of its commit, on the caller's own thread, and returns once it is durable. */
    <T> T alone(Function<SqliteTransaction, T> body) {
        return run(new Member<>(body, true));
    }

    /** Whether this thread runs bodies, or tells of their commit. */
    boolean isInside() {
        return Thread.currentThread().equals(inside);
    }

    /** Waits for what is queued; whoever comes later is told that the store is closed. */
    void close() {
        alone(transaction -> closed = true);
    }

    private <T> T run(Member<T> member) {
        if (isInside()) {
            throw new IllegalStateException("transactions do not nest");
        }
        queue.add(member);
        boolean interrupted = false;
        while (!member.done) {
            boolean served = false;
            if (led.compareAndSet(false, true)) {
                try {
                    served = offCarrier(member) ? platform.call(() -> lead(member)) : lead(member);
                } catch (RuntimeException | Error notLed) {
                    // Whoever gives up leaves the queue: nobody may do his work, or wait behind him, after he was told.
                    queue.remove(member);
                    throw notLed;
                } finally {
                    led.set(false);
                    wakeFirst();
                }
            }
            if (!served && !member.done) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return member.outcome();
    }

    /** Whether a platform thread shall lead for the caller; a body that runs alone stays on its own thread, for its own sake. */
    private static boolean offCarrier(Member<?> member) {
        return !member.alone && Thread.currentThread().isVirtual();
    }

    /** Commits what is queued, as far as the caller may; false if the first in the queue wants to be alone and is another. */
    private boolean lead(Member<?> caller) {
        List<Member<?>> group = drain(caller);
        if (group.isEmpty()) {
            return false;
        }
        inside = Thread.currentThread();
        try {
            commit(group);
        } finally {
            inside = null;
            group.forEach(Member::finish);
        }
        return true;
    }

    private List<Member<?>> drain(Member<?> caller) {
        List<Member<?>> group = new ArrayList<>();
        for (Member<?> next = queue.peek(); next != null && group.size() < GROUP_MAX; next = queue.peek()) {
            if (next.alone && (next != caller || !group.isEmpty())) {
                break;
            }
            group.add(queue.remove());
            if (next.alone) {
                break;
            }
        }
        return group;
    }

    /** Whoever is first in the queue now may lead. */
    private void wakeFirst() {
        Member<?> first = queue.peek();
        if (first != null) {
            LockSupport.unpark(first.caller);
        }
    }

    private void commit(List<Member<?>> group) {
        if (closed) {
            HoldfastException failure =
                    new HoldfastException(ErrorCode.STORE_CLOSED, "The store is closed. Open it again.");
            group.forEach(member -> member.fail(failure));
            return;
        }
        List<RecordKey> saved = new ArrayList<>();
        try {
            session.begin();
            LayerWrites writes = null;
            StoreHead next = head;
            StoreHeadTable.Layers layers = StoreHeadTable.Layers.ADDED;
            for (Member<?> member : group) {
                SqliteTransaction done = member.apply(next, group.size() > 1);
                if (done != null) {
                    next = done.head();
                    saved.addAll(done.saved());
                    layers = done.layers() == StoreHeadTable.Layers.MOVED ? done.layers() : layers;
                    done.end();
                    writes = done.writes();
                }
            }
            finish(next, layers, writes);
        } catch (RuntimeException | Error failure) {
            // First of all: if rolling back fails too, nobody may take it for done.
            group.forEach(member -> member.fail(failure));
            session.rollBack();
            return;
        }
        tell(saved);
    }

    /** Nothing is to be written if no member was done. */
    private void finish(StoreHead next, StoreHeadTable.Layers layers, @Nullable LayerWrites writes) {
        if (writes != null) {
            boolean beside = heads.write(next, layers, writes);
            session.commit();
            heads.committed(next, beside);
            head = next;
        } else {
            session.rollBack();
        }
    }

    /** What the listener throws is its own trouble: the commit has happened. */
    private void tell(List<RecordKey> saved) {
        if (!saved.isEmpty()) {
            try {
                committed.accept(saved);
            } catch (RuntimeException failure) {
                Thread current = Thread.currentThread();
                current.getUncaughtExceptionHandler().uncaughtException(current, failure);
            }
        }
    }

    /** One caller's work and what came of it. */
    private final class Member<T> {
        private final Function<SqliteTransaction, T> body;
        private final boolean alone;
        private final Thread caller = Thread.currentThread();
        private @Nullable T result;
        private @Nullable Throwable failure;
        private volatile boolean done;

        Member(Function<SqliteTransaction, T> body, boolean alone) {
            this.body = body;
            this.alone = alone;
        }

        /** Runs the body, in a savepoint if others share the commit; null if it failed and nothing of it shall remain. */
        @Nullable
        SqliteTransaction apply(StoreHead before, boolean shared) {
            if (shared) {
                session.update("SAVEPOINT member");
            }
            SqliteTransaction transaction = SqliteTransaction.writing(session, catalog, before);
            try {
                result = body.apply(transaction);
                if (shared) {
                    transaction.finish();
                }
            } catch (RuntimeException | Error e) {
                transaction.end();
                failure = e;
                if (shared) {
                    session.update("ROLLBACK TO member");
                }
            }
            if (shared) {
                session.update("RELEASE member");
            }
            return failure == null ? transaction : null;
        }

        /** The group failed: so does every member that had not failed by itself. */
        void fail(Throwable cause) {
            if (failure == null) {
                failure = cause instanceof HoldfastException known
                        ? new HoldfastException(known.code(), String.valueOf(known.getMessage()), known)
                        : cause;
            }
        }

        void finish() {
            done = true;
            if (!caller.equals(Thread.currentThread())) {
                LockSupport.unpark(caller);
            }
        }

        @SuppressWarnings("NullAway") // The result is whatever the body returned.
        T outcome() {
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
            return result;
        }
    }
}
