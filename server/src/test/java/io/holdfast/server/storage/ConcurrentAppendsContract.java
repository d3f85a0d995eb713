package io.holdfast.server.storage;

import static io.holdfast.server.storage.Samples.noteRecord;
import static io.holdfast.server.storage.Samples.putNext;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.ServerStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every storage must do while many write at once: sequence order is commit order. */
abstract class ConcurrentAppendsContract extends ServerStorageContract {

    private static final int WRITERS = 6;
    private static final int APPENDS = 40;
    private static final String HOT = "hot";

    /** The same scopes as another process has them; the storage itself where there is only one. */
    abstract ServerStorage another();

    @Test
    void aReaderThatFollowsNeverSkipsWhileManyWrite() throws Exception {
        AtomicBoolean writing = new AtomicBoolean(true);
        ServerStorage other = another();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Long>> hot = threads.submit(() -> follow(HOT, writing));
            Future<List<Long>> own = threads.submit(() -> follow("own-0", writing));
            List<Callable<Boolean>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String name = "own-" + writer;
                ServerStorage through = writer % 2 == 0 ? storage : other;
                writers.add(() -> write(through, name));
            }
            try {
                joined(threads.invokeAll(writers));
            } finally {
                writing.set(false);
            }
            assertThat(hot.get()).containsExactlyElementsOf(oneTo(WRITERS * APPENDS));
            assertThat(own.get()).containsExactlyElementsOf(oneTo(APPENDS));
        } finally {
            other.close();
        }
    }

    /** Turn by turn into the scope that all share and into one's own. */
    private static boolean write(ServerStorage storage, String own) {
        for (int i = 0; i < APPENDS; i++) {
            String id = own + "-" + i;
            putNext(storage, HOT, sequence -> noteRecord(id, "hot", sequence));
            putNext(storage, own, sequence -> noteRecord(id, "own", sequence));
        }
        return true;
    }

    /** Follows a scope page by page until writing has ended, and returns every sequence it has seen. */
    private List<Long> follow(String scope, AtomicBoolean writing) {
        List<Long> seen = new ArrayList<>();
        long cursor = 0;
        while (true) {
            boolean last = !writing.get();
            long from = cursor;
            List<ServerRecord> page = storage.snapshot(scope, snapshot -> {
                List<ServerRecord> changes = snapshot.changesSince(from, 7, Long.MAX_VALUE);
                long head = snapshot.head().map(ScopeHead::sequence).orElse(0L);
                assertThat(changes).allMatch(row -> row.sequence() <= head);
                return changes;
            });
            page.forEach(row -> seen.add(row.sequence()));
            if (page.isEmpty() && last) {
                return seen;
            }
            cursor = page.isEmpty() ? cursor : page.getLast().sequence();
        }
    }

    static List<Long> oneTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    static <T> void joined(List<Future<T>> futures) throws InterruptedException, ExecutionException {
        for (Future<T> future : futures) {
            future.get();
        }
    }
}
