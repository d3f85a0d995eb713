package io.holdfast.server.run;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.sources.mapping.DeletionPolicy;
import java.util.Optional;

/**
 * Whether what a source lacks goes from the target. Pure.
 *
 * @param allowed whether it goes
 * @param withheld why it does not go, although the mapping says that it should
 */
record Deletions(boolean allowed, Optional<HoldfastException> withheld) {

    /** A target may lose so many records at once, whatever their share. */
    static final long FREE = 100;

    private static final Deletions NONE = new Deletions(false, Optional.empty());

    /**
     * Decides. Nothing goes if rows could not be read: one of them may be that very record. Nor if more than half of the target
     * would go: then the source is probably not whole.
     *
     * @param surplus records that the source lacks
     * @param common records that both have
     * @param unfit rows of the source that are no records
     */
    static Deletions of(DeletionPolicy policy, long surplus, long common, long unfit) {
        if (policy == DeletionPolicy.IGNORE || surplus == 0) {
            return NONE;
        }
        if (unfit > 0) {
            return withheld(surplus + " records that the source lacks stay, because " + unfit
                    + " of its rows could not be read and may be these. Correct the rows.");
        }
        if (surplus > FREE && surplus > common) {
            return withheld(surplus + " records that the source lacks stay, because they are more than half of the"
                    + " target. Check whether the source is whole.");
        }
        return new Deletions(true, Optional.empty());
    }

    private static Deletions withheld(String why) {
        return new Deletions(false, Optional.of(new HoldfastException(ErrorCode.RUN_DELETIONS, why)));
    }
}
