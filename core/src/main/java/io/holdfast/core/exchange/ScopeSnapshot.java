package io.holdfast.core.exchange;

import io.holdfast.core.audit.Trail;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.local.Proof;
import io.holdfast.core.reconcile.Buckets;
import io.holdfast.core.reconcile.ContentDigester;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.value.Value;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** One consistent state of one scope. Not thread-safe; of no use after the body that received it returned. */
public interface ScopeSnapshot {

    /** The scope's row; absent if the scope does not exist. */
    Optional<ScopeHead> head();

    /** The first link at or above a cursor's sequence, if one is kept: that of the append which wrote the sequence. */
    Optional<ChainLink> link(Cursor cursor);

    /**
     * Records that changed after a sequence, tombstones included, in the order of their sequences. Stops at
     * {@code recordsMax} records, or earlier once their stored sizes pass {@code bytesMax}, but returns at least one if
     * there is one.
     */
    List<ServerRecord> changesSince(long sequence, int recordsMax, long bytesMax);

    /** Those of the asked records that exist, tombstones included. */
    Map<RecordKey, ServerRecord> records(List<RecordKey> keys);

    /** What was offered for one record and did not stand, newest first, at most {@code limit}. */
    List<Loser> history(RecordKey key, int limit);

    /** What was offered for any record and did not stand, newest first, at most {@code limit}. */
    List<Loser> history(int limit);

    /**
     * Live records of one collection, ascending by the UTF-8 bytes of their ids: for people who look, not for exchanges.
     *
     * @param afterId only ids after this one; empty for the first
     * @param limit at most so many
     */
    List<ServerRecord> live(String collection, String afterId, int limit);

    /** The scope's replicas, the latest heard of first, at most {@code limit}. */
    List<ReplicaRow> replicas(int limit);

    /** Visits the stored digest of every live record, in no order. */
    void digests(DigestVisitor visitor);

    /** Visits every live record as the tables hold it now, in no order. */
    void rows(RowVisitor visitor);

    /** The collections that have a table, system collections included, ascending by their UTF-8 bytes. */
    List<String> collections();

    /**
     * What the tables hold of the live records of one collection, ascending by the UTF-8 bytes of their ids: records whose
     * rows are gone, and rows that no record explains, as well.
     *
     * @param afterId only ids after this one; empty for the first
     * @param limit at most so many
     */
    List<HeldRecord> held(String collection, String afterId, int limit);

    /** One record as the tables hold it; absent if neither a live record nor a row is there. */
    Optional<HeldRecord> held(RecordKey key);

    /**
     * Sums over what the rows of one collection say now, whoever wrote them, computed where they are: no row is read out.
     *
     * @param digester of fields that have plain values
     */
    Buckets contents(String collection, ContentDigester digester);

    /** Visits the ids and contents of the rows in some leaves of {@link #contents}, ascending by the UTF-8 bytes of the ids. */
    void contents(String collection, ContentDigester digester, BitSet leaves, ContentVisitor visitor);

    /**
     * What the rows of one collection say now, whoever wrote them, by id; ids without a row are left out, and so are fields that hold
     * nothing or no plain value.
     */
    Map<String, SortedMap<String, Value>> contents(String collection, List<String> ids);

    /**
     * Ids of the rows of one collection whose TEXT field names no row of another, ascending by their UTF-8 bytes. Rows in which
     * the field is empty name nothing.
     *
     * @param afterId only ids after this one; empty for the first
     * @param limit at most so many
     */
    List<String> dangling(String collection, String field, String named, String afterId, int limit);

    /** Gaps and audit entries of the scope; only to read. */
    Trail trail();

    /**
     * The latest proof of one level.
     *
     * @param replica with which replica; empty for the server's look at its own rows
     */
    default Optional<ScopeProof> proof(Proof.Level level, String replica) {
        return proofs(Integer.MAX_VALUE).stream()
                .filter(one -> one.proof().level() == level && one.replica().equals(replica))
                .findFirst();
    }

    /** The latest proofs, by level and replica, at most {@code limit}. */
    List<ScopeProof> proofs(int limit);

    /** Receives stored digests. */
    @FunctionalInterface
    interface DigestVisitor {
        /** One live record. */
        void visit(RecordKey key, int bucket, Digest digest);
    }

    /** Receives digests of contents. */
    @FunctionalInterface
    interface ContentVisitor {
        /** One row. */
        void visit(String id, Digest content);
    }

    /** Receives records put together from their actual rows. */
    @FunctionalInterface
    interface RowVisitor {
        /** One live record. */
        void visit(ServerRecord row);
    }
}
