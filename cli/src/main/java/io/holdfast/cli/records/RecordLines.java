package io.holdfast.cli.records;

import io.holdfast.core.document.Document;
import io.holdfast.core.document.DocumentOutcome;
import io.holdfast.core.document.DocumentReader;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.schema.Violation;
import io.holdfast.store.PutOutcome;
import io.holdfast.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes lines of JSON as records of one collection: each line is a change of its own, and lines that arrive together share
 * a commit. Not thread-safe.
 */
final class RecordLines {

    /** Most lines in one commit: what waits for its fsync is seen soon, and the fsync costs each line little. */
    private static final int COMMIT_LINES_MAX = 500;

    private final Store store;
    private final String collection;
    private final DocumentReader reader;

    /** What came of a line. */
    record Result(long line, PutOutcome outcome) {}

    /** @throws io.holdfast.core.error.HoldfastException COLLECTION_UNKNOWN */
    RecordLines(Store store, String collection) {
        this.store = store;
        this.collection = store.collection(collection).collection();
        this.reader = new DocumentReader(store.schema().collectionOrUnknown(collection));
    }

    /** How many of the lines go into the next commit. */
    static int portion(int lines) {
        return Math.min(lines, COMMIT_LINES_MAX);
    }

    /** Writes the lines in one commit; it is durable when this returns. The results are in the order of the lines. */
    List<Result> write(List<Line> lines) {
        Map<Long, PutOutcome> outcomes = new TreeMap<>();
        List<Document> documents = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        for (Line line : lines) {
            switch (read(line)) {
                case Document document -> {
                    documents.add(document);
                    numbers.add(line.number());
                }
                case DocumentOutcome.Refused refused ->
                    outcomes.put(line.number(), new PutOutcome.Refused(refused.violations()));
            }
        }
        if (!documents.isEmpty()) {
            List<PutOutcome> written = store.putAll(collection, documents);
            for (int i = 0; i < written.size(); i++) {
                outcomes.put(numbers.get(i), written.get(i));
            }
        }
        return outcomes.entrySet().stream()
                .map(outcome -> new Result(outcome.getKey(), outcome.getValue()))
                .toList();
    }

    /** The reader sees one line and counts from there; which line it is stands before the sentence already. */
    private static DocumentOutcome placed(DocumentOutcome outcome) {
        if (outcome instanceof DocumentOutcome.Refused refused) {
            return new DocumentOutcome.Refused(refused.violations().stream()
                    .map(violation -> new Violation(
                            violation.code(),
                            violation.field(),
                            violation.value(),
                            violation.advice().replace(" at line 1, column ", " at column ")))
                    .toList());
        }
        return outcome;
    }

    private DocumentOutcome read(Line line) {
        return switch (line) {
            case Line.Content content -> placed(reader.read(content.utf8()));
            case Line.TooLong ignored ->
                new DocumentOutcome.Refused(List.of(Violation.ofRecord(
                        ErrorCode.RECORD_SIZE,
                        "A line has at most " + LineReader.LINE_BYTES_MAX + " bytes; split the record.")));
        };
    }
}
