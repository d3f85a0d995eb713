package io.holdfast.cli.records;

import io.holdfast.cli.device.StoreOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.CollectionSchema;
import io.holdfast.store.Records;
import io.holdfast.store.Store;
import io.holdfast.store.query.Condition;
import io.holdfast.store.query.Page;
import io.holdfast.store.query.Query;
import io.holdfast.store.query.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints records that satisfy conditions. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Prints records of the device's store.",
            "A condition is FIELD OP VALUE. OP is one of = != < <= > >= starts in has is: 'tags has urgent',"
                    + " 'account in a,b', 'notes is empty'. Several conditions must all hold."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast list --store phone.db entries --where 'account = anna' --order -at --limit 20",
            "  holdfast list --store phone.db entries --where 'at >= 2026-01-01' --where 'potency < 5' --json",
            "  holdfast list --store phone.db entries --search 'headache morn*'"
        })
public final class ListCommand implements Operation {

    private static final int PAGE = 500;

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private StoreOption store;

    @Parameters(index = "0", paramLabel = "COLLECTION", description = "The collection to look in.")
    private String collection;

    @Option(names = "--where", paramLabel = "'FIELD OP VALUE'", description = "A condition; may be repeated.")
    private List<String> where = new ArrayList<>();

    @Option(
            names = "--search",
            paramLabel = "TEXT",
            description =
                    "Words that all occur in the full text, whatever their case; 'morn*' is the beginning of one.")
    private @Nullable String search;

    @Option(
            names = "--order",
            paramLabel = "FIELD|-FIELD",
            description = "The field to order by, ascending, or descending after a minus; may be repeated.")
    private List<String> orders = new ArrayList<>();

    @Option(names = "--limit", paramLabel = "N", description = "Most records to print; all of them by default.")
    private @Nullable Long limit;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public ListCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() {
        if (limit != null && limit < 1) {
            throw new HoldfastException(ErrorCode.USAGE, "A limit is 1 or more; leave it out to print everything.");
        }
        try (Store opened = store.open(host)) {
            Records records = opened.collection(collection);
            CollectionSchema schema = opened.schema().collectionOrUnknown(collection);
            RecordPrinter printer = output.json()
                    ? new RecordPrinter.Lines(terminal.out())
                    : new RecordPrinter.Table(terminal.out(), schema);
            print(records, query(schema), printer);
            printer.close();
        }
        return ExitCode.FINE;
    }

    private Query query(CollectionSchema schema) {
        WhereClause clause = new WhereClause(schema);
        Query query = Query.all();
        for (String condition : where) {
            query = query.where(clause.parse(condition));
        }
        if (search != null) {
            query = query.where(Condition.matches(search));
        }
        for (String order : orders) {
            query = order.startsWith("-") ? query.orderByDescending(order.substring(1)) : query.orderBy(order);
        }
        return query;
    }

    /** Page by page, so that the first records are seen at once and memory holds one page. */
    private void print(Records records, Query query, RecordPrinter printer) {
        long left = Optional.ofNullable(limit).orElse(Long.MAX_VALUE);
        Optional<String> after = Optional.empty();
        do {
            Query next = query.limit((int) Math.min(left, PAGE));
            Page<StoredRecord> page = records.find(after.map(next::after).orElse(next));
            printer.print(page.records());
            left -= page.records().size();
            after = page.next();
        } while (left > 0 && after.isPresent());
    }
}
