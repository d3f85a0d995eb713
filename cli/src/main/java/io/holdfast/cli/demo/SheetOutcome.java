package io.holdfast.cli.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * What came of the spreadsheet.
 *
 * @param rows below its header
 * @param created records that its first run made
 * @param writtenAgain records that a second run over the same sheet wrote
 * @param damaged rows that another program then deleted or changed in the table
 * @param found of these, how many the verification told
 * @param repaired records that the next run wrote
 * @param equal whether both sides, read anew, were the same in the end
 */
record SheetOutcome(
        long rows, long created, long writtenAgain, long damaged, long found, long repaired, boolean equal) {

    /** Everything that is not as it must be. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (created == 0 || !equal) {
            problems.add("the spreadsheet and its table are not proven equal");
        }
        if (writtenAgain > 0) {
            problems.add("a second run over the same spreadsheet wrote " + writtenAgain + " records");
        }
        if (found != damaged || repaired != damaged) {
            problems.add(
                    "of " + damaged + " rows that were damaged " + found + " were found and " + repaired + " repaired");
        }
        return problems;
    }
}
