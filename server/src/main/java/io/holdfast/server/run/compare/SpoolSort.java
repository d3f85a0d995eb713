package io.holdfast.server.run.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Byte strings of a {@link Spool} in order, by runs that are sorted in memory and merged (Knuth, The Art of Computer
 * Programming, volume 3, section 5.4). Equal ones come in no order. Not thread-safe.
 */
final class SpoolSort implements AutoCloseable {

    /** What a byte string costs in memory beside its bytes. */
    private static final int OVERHEAD_BYTES = 24;

    private final Comparator<byte[]> order;
    private final List<Spool> runs = new ArrayList<>();
    private final PriorityQueue<Head> heads;

    /** The next of a run. */
    private record Head(byte[] bytes, Source rest) {}

    /** What is left of a run. */
    private interface Source {
        Optional<byte[]> next();
    }

    private SpoolSort(Comparator<byte[]> order) {
        this.order = order;
        this.heads = new PriorityQueue<>((left, right) -> order.compare(left.bytes(), right.bytes()));
    }

    /**
     * Sorts.
     *
     * @param folder for temporary files, if memory does not hold all
     * @param memoryBytes about how much of it to use
     */
    static SpoolSort of(
            Spool spool, Predicate<byte[]> wanted, Comparator<byte[]> order, Path folder, long memoryBytes) {
        SpoolSort sort = new SpoolSort(order);
        try {
            sort.read(spool.read(), wanted, folder, memoryBytes);
        } catch (RuntimeException failed) {
            sort.close();
            throw failed;
        }
        return sort;
    }

    private void read(Spool.Cursor from, Predicate<byte[]> wanted, Path folder, long memoryBytes) {
        List<byte[]> held = new ArrayList<>();
        long bytes = 0;
        for (Optional<byte[]> next = from.next(); next.isPresent(); next = from.next()) {
            if (!wanted.test(next.get())) {
                continue;
            }
            held.add(next.get());
            bytes += next.get().length + OVERHEAD_BYTES;
            if (bytes > memoryBytes) {
                held.sort(order);
                spill(held, folder);
                held = new ArrayList<>();
                bytes = 0;
            }
        }
        held.sort(order);
        var last = held.iterator();
        advance(() -> last.hasNext() ? Optional.of(last.next()) : Optional.empty());
    }

    private void spill(List<byte[]> sorted, Path folder) {
        Spool run = Spool.in(folder);
        runs.add(run);
        sorted.forEach(run::add);
        advance(run.read()::next);
    }

    private void advance(Source source) {
        source.next().ifPresent(bytes -> heads.add(new Head(bytes, source)));
    }

    /** The least that is left; empty after the last. */
    Optional<byte[]> next() {
        Head least = heads.poll();
        if (least == null) {
            return Optional.empty();
        }
        advance(least.rest());
        return Optional.of(least.bytes());
    }

    @Override
    public void close() {
        runs.forEach(Spool::close);
    }
}
