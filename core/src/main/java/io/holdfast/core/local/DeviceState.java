package io.holdfast.core.local;

import io.holdfast.core.Limits;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.identity.ScopeKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who a device is to the server, and how far it has come; stored with the records, so that it can never disagree with them.
 * Immutable.
 *
 * @param proofs the latest proof of each level
 */
public record DeviceState(Identity identity, Progress progress, ClockOffset clock, Map<Proof.Level, Proof> proofs) {

    private static final Proof.Level[] LEVELS = Proof.Level.values();

    /** Copies. */
    public DeviceState {
        EnumMap<Proof.Level, Proof> copy = new EnumMap<>(Proof.Level.class);
        for (Proof.Level level : LEVELS) {
            Proof proof = proofs.get(level);
            if (proof != null) {
                copy.put(level, proof);
            }
        }
        proofs = Collections.unmodifiableMap(copy);
    }

    /** A store that has never been opened before. */
    public static DeviceState fresh(String scope, String replica, long incarnation) {
        return new DeviceState(
                new Identity(scope, replica, incarnation, Optional.empty(), false),
                Progress.START,
                ClockOffset.UNKNOWN,
                Map.of());
    }

    /**
     * Who this store is.
     *
     * @param scope whose records it holds
     * @param replica its id; changes when the store is found to be a copy
     * @param incarnation the 64 random bits of this opening
     * @param scopeKey given by the server at registration
     * @param registered whether the server knows {@code replica} with {@code incarnation}
     */
    public record Identity(
            String scope, String replica, long incarnation, Optional<ScopeKey> scopeKey, boolean registered) {}

    /**
     * How far it is with the server.
     *
     * @param cursor how far the server has been followed
     * @param earlier cursors before it, newest first, at most {@link io.holdfast.core.Limits#CURSORS_KEPT}
     * @param settled the last batch that the server answered
     * @param frozen the last batch that was frozen: {@code settled} or a later one
     */
    public record Progress(Cursor cursor, List<Cursor> earlier, BatchMark settled, BatchMark frozen) {
        /** Nothing sent, nothing seen. */
        public static final Progress START = new Progress(Cursor.START, List.of(), BatchMark.NONE, BatchMark.NONE);

        private static final int PARTIAL_KEPT = 10;

        /** Copies. */
        public Progress {
            earlier = List.copyOf(earlier);
        }

        /** The same after freezing, or unfreezing, up to a batch. */
        public Progress withFrozen(BatchMark mark) {
            return new Progress(cursor, earlier, settled, mark);
        }

        /** The same after the server answered a batch. */
        public Progress withSettled(BatchMark mark) {
            return new Progress(cursor, earlier, mark, frozen);
        }

        /** The same further on; where it was joins the earlier cursors. */
        public Progress withCursor(Cursor next) {
            if (next.equals(cursor)) {
                return this;
            }
            List<Cursor> kept = new ArrayList<>();
            if (!cursor.isStart()) {
                kept.add(cursor);
            }
            kept.addAll(earlier);
            return new Progress(next, newest(kept), settled, frozen);
        }

        /** A long way through partial answers does not push out the complete cursors before it. */
        private static List<Cursor> newest(List<Cursor> cursors) {
            List<Cursor> kept = new ArrayList<>();
            int partial = 0;
            for (Cursor cursor : cursors) {
                boolean takes = !cursor.isPartial() || ++partial <= PARTIAL_KEPT;
                if (takes && kept.size() < Limits.CURSORS_KEPT) {
                    kept.add(cursor);
                }
            }
            return kept;
        }
    }

    /**
     * How the local clock stands to the server's.
     *
     * @param offsetMillis server's clock minus local clock, as measured last
     * @param incarnation the opening that measured it, 0 for none; another opening measures anew before it freezes a batch
     */
    public record ClockOffset(long offsetMillis, long incarnation) {
        /** Never measured. */
        public static final ClockOffset UNKNOWN = new ClockOffset(0, 0);
    }

    /**
     * The same store in another opening, which the server does not know yet. To be durable before the first write: counters
     * and ties are keyed by the incarnation, and a copy of the store must never share one with its original.
     *
     * @param incarnation 64 fresh random bits
     */
    public DeviceState reopened(long incarnation) {
        return with(new Identity(identity.scope(), identity.replica(), incarnation, identity.scopeKey(), false));
    }

    /** The same device under another identity. */
    public DeviceState with(Identity next) {
        return new DeviceState(next, progress, clock, proofs);
    }

    /** The same device at another point. */
    public DeviceState with(Progress next) {
        return new DeviceState(identity, next, clock, proofs);
    }

    /** The same device after measuring its clock. */
    public DeviceState with(ClockOffset next) {
        return new DeviceState(identity, progress, next, proofs);
    }

    /** The same device after a proof. */
    public DeviceState with(Proof proof) {
        EnumMap<Proof.Level, Proof> next = new EnumMap<>(Proof.Level.class);
        next.putAll(proofs);
        next.put(proof.level(), proof);
        return new DeviceState(identity, progress, clock, next);
    }
}
