package io.holdfast.core.exchange;

import io.holdfast.core.audit.GapStep;
import java.util.List;
import java.util.Optional;

/**
 * What a decision writes down about gaps and proofs, beside what it changes.
 *
 * @param foreign what became of rows that other programs wrote
 * @param atMillis when, milliseconds since 1970
 */
public record Evidence(List<GapStep> gaps, Optional<ScopeProof> proof, List<ForeignFate> foreign, long atMillis) {

    /** Nothing to write down. */
    public static final Evidence NONE = new Evidence(List.of(), Optional.empty(), List.of(), 0);

    /** Copies. */
    public Evidence {
        gaps = List.copyOf(gaps);
        foreign = List.copyOf(foreign);
    }

    /** About gaps and proofs only. */
    public Evidence(List<GapStep> gaps, Optional<ScopeProof> proof, long atMillis) {
        this(gaps, proof, List.of(), atMillis);
    }

    /** A proof and nothing else. */
    public static Evidence of(ScopeProof proof) {
        return new Evidence(List.of(), Optional.of(proof), proof.proof().atMillis());
    }
}
