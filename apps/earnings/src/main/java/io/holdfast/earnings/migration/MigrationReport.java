package io.holdfast.earnings.migration;

import java.util.List;

/**
 * What came of a migration.
 *
 * @param rows of the old table that were looked at: those that Holdfast did not have yet
 * @param moved users that Holdfast has now
 * @param unfit rows that stay where they are because they cannot be a user's record
 * @param examples of unfit rows: the user and what is wrong, at most {@value #EXAMPLES_MAX}
 */
public record MigrationReport(long rows, long moved, long unfit, List<String> examples) {

    /** Most examples. */
    public static final int EXAMPLES_MAX = 20;

    /** Copies. */
    public MigrationReport {
        examples = List.copyOf(examples);
    }
}
