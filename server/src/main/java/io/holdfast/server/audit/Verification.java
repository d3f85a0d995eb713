package io.holdfast.server.audit;

import java.util.Map;
import java.util.TreeMap;

/**
 * What reading both sides anew has shown.
 *
 * @param gaps records in the source that the target lacks
 * @param surplus records in the target that the source lacks, and that should not be there
 * @param mismatches records that both have, with different values
 * @param fields how many of the mismatches concern each field
 */
public record Verification(
        long sourceCount, long targetCount, long gaps, long surplus, long mismatches, Map<String, Long> fields) {

    /** Copies. */
    public Verification {
        fields = Map.copyOf(new TreeMap<>(fields));
    }

    /** Whether the target is what the source says. */
    public boolean equal() {
        return gaps == 0 && surplus == 0 && mismatches == 0;
    }
}
