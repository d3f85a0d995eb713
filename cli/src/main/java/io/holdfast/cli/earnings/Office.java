package io.holdfast.cli.earnings;

import io.holdfast.core.json.JsonTree;
import io.holdfast.earnings.office.DiscrepancyExport;
import io.holdfast.earnings.server.ReviewDesk;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/** What an administrator does about earnings: in a server's database, or through a server that runs. */
sealed interface Office extends AutoCloseable permits DatabaseOffice, ServerOffice {

    /**
     * What is looked for.
     *
     * @param filter a review's status ({@code any} for all), a discrepancy's kind; empty for what is usual
     * @param user one user; empty for all that may be seen
     */
    record Wanted(String filter, String user) {}

    /** Visits reviews, ascending by user and id. */
    void reviews(Wanted wanted, Consumer<JsonTree> visitor);

    /** Decides a review, and returns it as it stands then. */
    JsonTree decide(String user, String review, ReviewDesk.Verdict verdict);

    /** Visits discrepancies, ascending by user and id. */
    void discrepancies(Wanted wanted, Consumer<JsonTree> visitor);

    /** One discrepancy. */
    JsonTree discrepancy(String user, String id);

    /** Writes all discrepancies. */
    void export(DiscrepancyExport format, String user, OutputStream out) throws IOException;

    @Override
    void close();
}
