package io.holdfast.server.run;

import io.holdfast.core.error.HoldfastException;
import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.Target;
import io.holdfast.server.audit.Verification;
import io.holdfast.sources.mapping.RowCounts;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run has done and found.
 *
 * @param source the rows of the last whole reading
 * @param records what came of them
 * @param verification the last word; empty if it did not come to that
 * @param phases what each took
 * @param failure what the run broke off on
 */
public record RunReport(
        RunId run,
        Target target,
        RunMode mode,
        RunStatus outcome,
        RowCounts source,
        Records records,
        Optional<Verification> verification,
        Map<Phase, Duration> phases,
        Optional<HoldfastException> failure) {

    /** Copies. */
    public RunReport {
        EnumMap<Phase, Duration> ordered = new EnumMap<>(Phase.class);
        ordered.putAll(phases);
        phases = Collections.unmodifiableMap(ordered);
    }

    /**
     * How many records met which fate.
     *
     * @param kept their values in the target are later than the source's
     * @param failed invalid rows, and records that the database refused
     * @param refused those of them that the database refused: trying again may help
     * @param quarantined rows that contradict an earlier one
     * @param dangling records whose reference names no record
     */
    public record Records(
            long created,
            long updated,
            long unchanged,
            long deleted,
            long kept,
            long failed,
            long refused,
            long quarantined,
            long dangling) {

        /** Whether no record is left for a person to put right: invalid, refused, contradicting another, naming none. */
        public boolean clean() {
            return failed + quarantined + dangling == 0;
        }
    }

    /** Whether source and target were read anew and found equal, and no record waits for anybody. */
    public boolean fine() {
        return outcome == RunStatus.SUCCEEDED;
    }
}
