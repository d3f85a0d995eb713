package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.core.schema.SystemCollections;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails in the middle of a commit, and again when it is to be undone. */
@Timeout(60)
class FailingRollbackTest {

    @TempDir
    Path folder;

    private final AtomicBoolean broken = new AtomicBoolean();

    @Test
    void nobodyOfTheGroupTakesItForDone() throws SQLException, InterruptedException {
        Path file = folder.resolve("a.holdfast");
        SqliteLocalStorage.open(
                        file,
                        new Opening(Optional.of(Samples.SCHEMA), Optional.of("scope"), "replica", 7),
                        SqliteOptions.defaults())
                .close();
        try (SqlSession session = new SqlSession(breaking(DriverManager.getConnection("jdbc:sqlite:" + file)));
                PlatformThreads platform = new PlatformThreads(1)) {
            Catalog catalog = new Catalog(session, SystemCollections.addTo(Samples.SCHEMA));
            GroupWriter writer = new GroupWriter(session, catalog, platform, saved -> {});
            CountDownLatch queued = new CountDownLatch(1);
            ConcurrentLinkedQueue<String> outcomes = new ConcurrentLinkedQueue<>();
            Thread first = start(writer, outcomes, queued);
            await().until(() -> first.getState() == Thread.State.WAITING);
            // Both queue behind the first, and one will lead the other.
            List<Thread> group = List.of(start(writer, outcomes, queued), start(writer, outcomes, queued));
            await().until(() -> group.stream().allMatch(one -> one.getState() == Thread.State.WAITING));
            broken.set(true);
            queued.countDown();
            first.join();
            for (Thread one : group) {
                one.join();
            }
            assertThat(outcomes).hasSize(3).containsOnly("failed");
        }
    }

    private static Thread start(GroupWriter writer, ConcurrentLinkedQueue<String> outcomes, CountDownLatch queued) {
        return Thread.ofPlatform().start(() -> {
            try {
                writer.grouped(transaction -> {
                    awaitQuietly(queued);
                    transaction.setting("a", "b");
                    return 0;
                });
                outcomes.add("done");
            } catch (RuntimeException failed) {
                outcomes.add("failed");
            }
        });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection that, once broken, neither writes nor undoes. */
    private Connection breaking(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                FailingRollbackTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, given) -> {
                    if (broken.get() && method.getName().equals("prepareStatement")) {
                        throw new SQLException("the disk fails");
                    }
                    try {
                        return method.invoke(connection, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
