package io.holdfast.server.audit;

import java.util.Map;
import java.util.TreeMap;

/**
 * What reading both sides anew has shown.
 *
 * @param equal whether the target is what the source says: nothing is missing or different, and nothing is there that should
 *     have gone with the source's row
 * @param gaps records in the source that the target lacks
 * @param surplus records in the target that the source lacks, also where the mapping lets them stay
 * @param mismatches records that both have, with different values
 * @param fields how many of the mismatches concern each field
 */
public record Verification(
        boolean equal,
        long sourceCount,
        long targetCount,
        long gaps,
        long surplus,
        long mismatches,
        Map<String, Long> fields) {

    /** Copies. */
    public Verification {
        fields = Map.copyOf(new TreeMap<>(fields));
    }
}
