package io.holdfast.server.run.write;

import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.value.ByteSink;
import io.holdfast.server.run.compare.Differences;
import io.holdfast.server.run.compare.Entry;
import io.holdfast.server.run.compare.Spool;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run means to do, in the order of the ids, kept in a temporary file. Not thread-safe; close it to let go of the file. */
public final class Plan implements Differences, AutoCloseable {

    private static final byte CREATE = 'c';
    private static final byte UPDATE = 'u';
    private static final byte DELETE = 'd';

    private final List<String> fields;
    private final Spool spool;
    private final Map<Planned.Kind, Long> counts = new EnumMap<>(Planned.Kind.class);

    /**
     * An empty one, to be filled by a comparison.
     *
     * @param fields of the source
     * @param folder for temporary files
     */
    public Plan(List<String> fields, Path folder) {
        this.fields = List.copyOf(fields);
        this.spool = Spool.in(folder);
    }

    @Override
    public void gap(Entry entry) {
        add(new Planned(Planned.Kind.CREATE, entry, Digest.NONE));
    }

    @Override
    public void mismatch(Entry entry, Digest held) {
        add(new Planned(Planned.Kind.UPDATE, entry, held));
    }

    @Override
    public void surplus(String id, Digest held) {
        add(new Planned(Planned.Kind.DELETE, Entry.gone(id), held));
    }

    /** Adds one more: the kind as one byte, the digest seen (32), the entry. */
    public void add(Planned planned) {
        counts.merge(planned.kind(), 1L, Long::sum);
        spool.add(new ByteSink(256)
                .put(
                        switch (planned.kind()) {
                            case CREATE -> CREATE;
                            case UPDATE -> UPDATE;
                            case DELETE -> DELETE;
                        })
                .put(planned.seen().bytes())
                .put(planned.entry().encoded(fields))
                .toBytes());
    }

    /** How many of a kind. */
    public long count(Planned.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** How many in all. */
    public long count() {
        return spool.count();
    }

    /** Reads it from the beginning. */
    public Batches batches() {
        return new Batches(spool.read());
    }

    /** One reading. */
    public final class Batches {

        private final Spool.Cursor cursor;

        private Batches(Spool.Cursor cursor) {
            this.cursor = cursor;
        }

        /** The next few; empty after the last. */
        public List<Planned> next(int most) {
            List<Planned> batch = new ArrayList<>();
            while (batch.size() < most) {
                Optional<byte[]> next = cursor.next();
                if (next.isEmpty()) {
                    break;
                }
                batch.add(decoded(ByteBuffer.wrap(next.get())));
            }
            return batch;
        }

        private Planned decoded(ByteBuffer in) {
            Planned.Kind kind = switch (in.get()) {
                case CREATE -> Planned.Kind.CREATE;
                case UPDATE -> Planned.Kind.UPDATE;
                case DELETE -> Planned.Kind.DELETE;
                default -> throw new IllegalStateException("a plan is read as it was written");
            };
            byte[] seen = new byte[Digest.LENGTH];
            in.get(seen);
            return new Planned(kind, Entry.decode(in, fields), Digest.of(seen));
        }
    }

    @Override
    public void close() {
        spool.close();
    }
}
