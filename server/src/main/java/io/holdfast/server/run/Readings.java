package io.holdfast.server.run;

import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.server.audit.Target;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.sources.mapping.RowCounts;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Remembers what the last verified reading of each target's source came to, so that a file that did not change by a byte need not
 * be taken apart again to know its sums. Thread-safe.
 */
interface Readings {

    /** Remembers nothing. */
    Readings NONE = new Readings() {
        @Override
        public Optional<Known> find(Target target, String fingerprint) {
            return Optional.empty();
        }

        @Override
        public void remember(Target target, Known known) {}
    };

    /**
     * One reading.
     *
     * @param fingerprint of the bytes, the mapping and how contents are digested
     */
    record Known(String fingerprint, RowCounts counts, Buckets sums) {}

    /** The reading of exactly this content, if it was the last. */
    Optional<Known> find(Target target, String fingerprint);

    /** Remembers a reading, and forgets the one before. */
    void remember(Target target, Known known);

    /** Those in a database. */
    static Readings in(Database database) {
        return new Readings() {
            @Override
            public Optional<Known> find(Target target, String fingerprint) {
                return database.read(session -> session.first(
                        "SELECT row_count, blank, duplicates, sums FROM hf_reading"
                                + " WHERE scope = ? AND collection = ? AND fingerprint = ?",
                        row -> new Known(
                                fingerprint,
                                new RowCounts(row.getLong(1), row.getLong(2), row.getLong(3), 0, 0),
                                sums(row.getBytes(4))),
                        target.scope(),
                        target.collection(),
                        fingerprint));
            }

            @Override
            public void remember(Target target, Known known) {
                database.<Integer>write(session -> session.update(
                        "INSERT INTO hf_reading (scope, collection, fingerprint, row_count, blank, duplicates, sums)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (scope, collection) DO UPDATE SET"
                                + " fingerprint = excluded.fingerprint, row_count = excluded.row_count,"
                                + " blank = excluded.blank, duplicates = excluded.duplicates, sums = excluded.sums",
                        target.scope(),
                        target.collection(),
                        known.fingerprint(),
                        known.counts().rows(),
                        known.counts().blank(),
                        known.counts().duplicates(),
                        bytes(known.sums())));
            }
        };
    }

    private static byte[] bytes(Buckets sums) {
        ByteBuffer bytes = ByteBuffer.allocate(Buckets.COUNT * DigestSum.BYTES);
        for (int leaf = 0; leaf < Buckets.COUNT; leaf++) {
            bytes.put(sums.leaf(leaf).bytes());
        }
        return bytes.array();
    }

    private static Buckets sums(byte[] bytes) {
        Buckets sums = new Buckets();
        for (int leaf = 0; leaf < Buckets.COUNT; leaf++) {
            int from = leaf * DigestSum.BYTES;
            sums.add(leaf, DigestSum.of(Arrays.copyOfRange(bytes, from, from + DigestSum.BYTES)));
        }
        return sums;
    }
}
