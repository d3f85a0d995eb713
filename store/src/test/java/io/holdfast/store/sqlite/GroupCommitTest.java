package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.record.RecordKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GroupCommitTest {

    private static final int THREADS = 24;
    private static final int WRITES = 40;

    @TempDir
    Path folder;

    private SqliteLocalStorage storage;

    @BeforeEach
    void open() {
        storage = SqliteLocalStorageTest.open(folder.resolve("a.holdfast"));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private static long add(LocalTransaction transaction, String id) {
        long order = transaction.nextOrder();
        RecordKey key = Samples.note(id);
        Samples.save(
                transaction,
                Samples.with(LocalRecord.absent(key), Samples.pending(order, 0, Samples.titled(order, "title " + id))));
        transaction.account(transaction.account().make());
        return order;
    }

    private static void inThreads(ThreadFactory factory, java.util.function.IntConsumer body) {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = factory.newThread(() -> body.accept(number));
            thread.setUncaughtExceptionHandler((failed, failure) -> failures.add(failure));
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(failures).isEmpty();
    }

    private void everybodyWrites(ThreadFactory factory) {
        AtomicInteger commits = new AtomicInteger();
        storage.onCommit(saved -> commits.incrementAndGet());
        inThreads(factory, thread -> {
            for (int i = 0; i < WRITES; i++) {
                String id = thread + "-" + i;
                storage.write(transaction -> add(transaction, id));
                assertThat(storage.find(Samples.note(id))).isPresent();
            }
        });
        long made = storage.read(transaction -> transaction.account().made());
        assertThat(made).isEqualTo(THREADS * WRITES);
        int pending = storage.read(transaction -> transaction.pending(10_000).size());
        assertThat(pending).isEqualTo(THREADS * WRITES);
        assertThat(commits.get()).isPositive().isLessThanOrEqualTo(THREADS * WRITES);
    }

    @Test
    void everyThreadGetsItsWritesDone() {
        everybodyWrites(Thread.ofPlatform().factory());
    }

    @Test
    void everyVirtualThreadGetsItsWritesDone() {
        everybodyWrites(Thread.ofVirtual().factory());
    }

    @Test
    void aWriteWhoseCallerWasToldThatItFailedIsNotDoneLater() throws InterruptedException {
        storage.close();
        StoreFile file = new StoreFile(folder.resolve("a.holdfast"), SqliteOptions.defaults());
        PlatformThreads gone = new PlatformThreads(1);
        gone.close();
        try (SqlSession session = file.writer()) {
            Catalog catalog = new Catalog(session, StoreFounding.stored(session));
            GroupWriter writer = new GroupWriter(session, catalog, gone, saved -> {});
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            Thread refused = Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, failure) -> failures.add(failure))
                    .start(() -> writer.grouped(transaction -> add(transaction, "refused")));
            refused.join();
            assertThat(failures).hasSize(1);

            writer.grouped(transaction -> add(transaction, "done"));

            List<RecordKey> written = writer.grouped(transaction ->
                    transaction.pending(10).stream().map(LocalRecord::key).toList());
            assertThat(written).containsExactly(Samples.note("done"));
        }
    }

    @Test
    void writesThatWaitShareACommit() throws InterruptedException {
        AtomicInteger commits = new AtomicInteger();
        storage.onCommit(saved -> commits.incrementAndGet());
        CountDownLatch holding = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread holder = Thread.ofPlatform()
                .start(() -> storage.writeAlone(transaction -> {
                    holding.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return add(transaction, "holder");
                }));
        holding.await();
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            String id = "w" + i;
            waiting.add(Thread.ofPlatform().start(() -> storage.write(transaction -> add(transaction, id))));
        }
        for (Thread thread : waiting) {
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        release.countDown();
        holder.join();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(commits).hasValue(2);
    }

    @Test
    void aMemberThatFailsFailsAlone() {
        inThreads(Thread.ofPlatform().factory(), thread -> {
            for (int i = 0; i < WRITES; i++) {
                String id = thread + "-" + i;
                if (thread % 2 == 0) {
                    storage.write(transaction -> add(transaction, id));
                } else {
                    assertThatThrownBy(() -> storage.write(transaction -> {
                                add(transaction, id);
                                throw new IllegalArgumentException(id);
                            }))
                            .hasMessage(id);
                }
            }
        });
        long made = storage.read(transaction -> transaction.account().made());
        int pending = storage.read(transaction -> transaction.pending(10_000).size());
        assertThat(made).isEqualTo(THREADS * WRITES / 2);
        assertThat(pending).isEqualTo(THREADS * WRITES / 2);
    }

    @Test
    void ordersAreGivenInCommitOrderAndNeverTwice() {
        List<Long> orders = Collections.synchronizedList(new ArrayList<>());
        inThreads(Thread.ofPlatform().factory(), thread -> {
            long last = 0;
            for (int i = 0; i < WRITES; i++) {
                String id = thread + "-" + i;
                long order = storage.write(transaction -> add(transaction, id));
                assertThat(order).isGreaterThan(last);
                last = order;
                orders.add(order);
            }
        });
        assertThat(orders).doesNotHaveDuplicates().hasSize(THREADS * WRITES);
    }

    @Test
    void whoeverWantsToBeAloneIsAloneAndOnItsOwnThread() {
        AtomicInteger inside = new AtomicInteger();
        inThreads(Thread.ofPlatform().factory(), thread -> {
            for (int i = 0; i < WRITES / 4; i++) {
                String id = thread + "-" + i;
                Thread own = Thread.currentThread();
                storage.writeAlone(transaction -> {
                    assertThat(inside.incrementAndGet()).isEqualTo(1);
                    assertThat(Thread.currentThread()).isSameAs(own);
                    long order = add(transaction, id);
                    assertThat(inside.decrementAndGet()).isZero();
                    return order;
                });
                storage.write(transaction -> add(transaction, id + "-shared"));
            }
        });
        long made = storage.read(transaction -> transaction.account().made());
        assertThat(made).isEqualTo(THREADS * WRITES / 4 * 2);
    }

    @Test
    void anInterruptedWriterStillGetsItsAnswerAndStaysInterrupted() throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        Thread thread = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            storage.write(transaction -> add(transaction, "a"));
            done.set(Thread.currentThread().isInterrupted() ? 1 : 2);
        });
        thread.join();
        assertThat(done).hasValue(1);
    }

    @Test
    void aListenerThatThrowsDoesNotFailTheCommit() throws InterruptedException {
        storage.onCommit(saved -> {
            throw new IllegalArgumentException("on purpose");
        });
        AtomicInteger done = new AtomicInteger();
        Thread thread = new Thread(() -> {
            storage.write(transaction -> add(transaction, "a"));
            done.incrementAndGet();
        });
        List<Throwable> heard = new ArrayList<>();
        thread.setUncaughtExceptionHandler((failed, failure) -> heard.add(failure));
        thread.start();
        thread.join();
        assertThat(done).hasValue(1);
        assertThat(heard).singleElement().hasFieldOrPropertyWithValue("message", "on purpose");
    }
}
