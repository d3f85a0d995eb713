package io.holdfast.client;

import io.holdfast.core.engine.Failure;
import io.holdfast.core.local.Proof;
import io.holdfast.core.record.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What verifying a store came to.
 *
 * @param proofs those that were made, in the order of their levels
 * @param damaged records whose rows are not what they were when they were stored (L1)
 * @param differing records that this store and the server hold differently (L2)
 * @param repaired records that differed by their digests and were repaired on the way (L0)
 * @param failure why the comparison with the server did not come to an end
 */
public record Verification(
        List<Proof> proofs,
        List<RecordKey> damaged,
        List<RecordKey> differing,
        long repaired,
        Optional<Failure> failure) {

    /** Copies. */
    public Verification {
        proofs = List.copyOf(proofs);
        damaged = List.copyOf(damaged);
        differing = List.copyOf(differing);
    }

    /** Whether every comparison was made and found everything equal. */
    public boolean equal() {
        return failure.isEmpty()
                && damaged.isEmpty()
                && differing.isEmpty()
                && !proofs.isEmpty()
                && proofs.stream().allMatch(Proof::equal);
    }

    /** The records with something wrong, each once. */
    public List<RecordKey> wrong() {
        List<RecordKey> wrong = new ArrayList<>(damaged);
        differing.stream().filter(key -> !wrong.contains(key)).forEach(wrong::add);
        return wrong;
    }
}
