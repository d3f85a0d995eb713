package io.holdfast.core.audit;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;

/**
 * A record that a proof found to be otherwise than it should be, from its finding to its end. A record has at most one gap
 * that is not closed. Immutable.
 *
 * @param id unique within the store or the scope, grows, stays; 0 until the storage gives one
 * @param key the record; {@link #ALL} for what concerns the sum of all
 * @param here the record as this side held it; {@link RecordState#ABSENT} for nothing
 * @param there the record as the other side held it; {@link RecordState#ABSENT} for nothing, or if nobody was asked
 * @param end {@link End#NONE} while it is open
 */
public record Gap(
        long id, Kind kind, RecordKey key, RecordState here, RecordState there, Finding finding, State state, End end) {

    /** Stands for the sum of all records. */
    public static final RecordKey ALL = new RecordKey("", "");

    /** What is wrong. */
    public enum Kind {
        /** The other side has a record that this side lacks. */
        MISSING_HERE,
        /** This side has a record that the other side lacks. */
        MISSING_THERE,
        /** Both sides have the record, with different contents. */
        DIFFERING,
        /** A row says something else than what was stored in it. */
        ROW_CHANGED,
        /** A row is gone that was not deleted through Holdfast. */
        ROW_MISSING,
        /** A row is there that was not written through Holdfast. */
        ROW_UNKNOWN,
        /** Another program wrote a row that the schema does not allow; the record stays as it was before. */
        WRITE_REFUSED,
        /** A row is right, but its stored digest is not. */
        DIGEST_STALE,
        /** Every record is right, but the stored sum of their digests is not. */
        ROOT_WRONG
    }

    /** How far it is with it. */
    public enum State {
        /** Found. */
        OPEN,
        /** The right record is on its way. */
        REPAIRING,
        /** Repaired, and compared. */
        REPAIRED,
        /** No longer found, though nothing here repaired it. */
        GONE;

        /** Whether nothing more is to be done. */
        public boolean closed() {
            return this == REPAIRED || this == GONE;
        }
    }

    /**
     * How it was found.
     *
     * @param by the proof that found it, such as {@code L1}
     * @param cause why it came about, one sentence; empty if that is not known
     */
    public record Finding(String by, long atMillis, String cause) {}

    /**
     * How it ended.
     *
     * @param how what was done, one sentence
     */
    public record End(String how, long atMillis) {
        /** Not yet. */
        public static final End NONE = new End("", 0);
    }

    /** The same gap as the storage keeps it. */
    public Gap withId(long given) {
        return new Gap(given, kind, key, here, there, finding, state, end);
    }

    /** The same gap further on. */
    public Gap moved(State next, String how, long atMillis) {
        return new Gap(id, kind, key, here, there, finding, next, new End(how, atMillis));
    }

    /** The same gap, now that the other side's record is known. */
    public Gap withThere(RecordState record) {
        return new Gap(id, kind, key, here, record, finding, state, end);
    }
}
