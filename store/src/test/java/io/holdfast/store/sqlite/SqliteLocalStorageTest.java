package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalStorage;
import io.holdfast.core.local.LocalTransaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SqliteLocalStorageTest extends LocalStorageContract {

    @TempDir
    Path folder;

    private SqliteLocalStorage storage;

    @BeforeEach
    void open() {
        storage = open(folder.resolve("a.holdfast"));
    }

    static SqliteLocalStorage open(Path file) {
        Opening opening = new Opening(Optional.of(Samples.SCHEMA), Optional.of("scope"), "replica", 7);
        return SqliteLocalStorage.open(file, opening, SqliteOptions.defaults());
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Override
    LocalStorage storage() {
        return storage;
    }

    @Test
    void keepsEverythingOverAReopening() {
        storage.write(transaction -> {
            Samples.save(
                    transaction,
                    Samples.with(
                            Samples.confirmed(Samples.note("a"), Samples.titled(3, "a"), 4),
                            Samples.pending(transaction.nextOrder(), 0, Samples.titled(9, "b"))));
            transaction.lastTime(9);
            transaction.account(transaction.account().make());
            return 0;
        });
        Object before = seen(transaction -> transaction.record(Samples.note("a")));
        storage.close();
        storage = open(folder.resolve("a.holdfast"));
        assertThat(seen(transaction -> transaction.record(Samples.note("a")))).isEqualTo(before);
        assertThat(seen(transaction -> transaction.account().made())).isEqualTo(1L);
        long next = storage.write(LocalTransaction::nextOrder);
        assertThat(next).isEqualTo(2);
        assertThat(seen(transaction -> transaction.lastTime())).isEqualTo(9L);
    }

    @Test
    void theAccountOutlivesTheChangeBesideWhichItStood() {
        storage.write(transaction -> {
            Samples.save(
                    transaction,
                    Samples.with(
                            LocalRecord.absent(Samples.note("a")),
                            Samples.pending(transaction.nextOrder(), 0, Samples.titled(9, "b"))));
            transaction.account(transaction.account().make());
            return 0;
        });
        storage.write(transaction -> {
            Samples.save(transaction, LocalRecord.absent(Samples.note("a")));
            return 0;
        });
        storage.close();
        storage = open(folder.resolve("a.holdfast"));
        assertThat(seen(transaction -> transaction.account().made())).isEqualTo(1L);
        long next = storage.write(LocalTransaction::nextOrder);
        assertThat(next).isEqualTo(2);
    }

    @Test
    void aStepThatFailsTakesNoChangeAway() {
        List<LocalRecord> records = List.of(waiting("a", 1), waiting("b", 2), waiting("c", 3));
        storage.write(transaction -> {
            records.forEach(record -> Samples.save(transaction, record));
            return 0;
        });
        storage.write(transaction -> {
            takeAway(transaction, records.get(0));
            assertThatThrownBy(() -> storage.attempt(transaction, () -> {
                        takeAway(transaction, records.get(1));
                        throw new IllegalArgumentException("given up");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            return 0;
        });
        assertThat(seen(transaction -> transaction.pending(10))).isEqualTo(records.subList(1, 3));
    }

    @Test
    void aStepThatFailsLeavesNoChange() {
        storage.write(transaction -> {
            Samples.save(transaction, waiting("a", 1));
            assertThatThrownBy(() -> storage.attempt(transaction, () -> {
                        Samples.save(transaction, waiting("b", 2));
                        throw new IllegalArgumentException("given up");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            return 0;
        });
        assertThat(seen(transaction -> transaction.pending(10))).isEqualTo(List.of(waiting("a", 1)));
    }

    @Test
    void aMemberThatFailsTakesNoChangeAway() {
        LocalRecord record = waiting("a", 1);
        storage.write(transaction -> {
            Samples.save(transaction, record);
            return 0;
        });
        assertThatThrownBy(() -> storage.write(transaction -> {
                    takeAway(transaction, record);
                    throw new IllegalArgumentException("given up");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(seen(transaction -> transaction.pending(10))).isEqualTo(List.of(record));
    }

    private static void takeAway(LocalTransaction transaction, LocalRecord record) {
        transaction.save(record, LocalRecord.absent(record.key()));
    }

    @Test
    void readingWithinReadingSeesTheSameState() {
        Object nested = seen(outer -> seen(inner -> inner.frozenCount() + outer.frozenCount()));
        assertThat(nested).isEqualTo(0);
    }

    @Test
    @Timeout(30)
    void whoeverComesAfterTheCloseIsTold() throws InterruptedException {
        List<Throwable> told = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            boolean reads = i % 2 == 0;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    while (true) {
                        if (reads) {
                            seen(LocalTransaction::account);
                        } else {
                            storage.write(LocalTransaction::nextOrder);
                        }
                    }
                } catch (HoldfastException closed) {
                    told.add(closed);
                }
            }));
        }
        while (storage.<Long>write(LocalTransaction::nextOrder) < 200) {
            Thread.onSpinWait();
        }
        storage.close();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(told).hasSize(8).extracting("code").containsOnly(ErrorCode.STORE_CLOSED);
    }
}
