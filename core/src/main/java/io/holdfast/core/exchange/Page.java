package io.holdfast.core.exchange;

import io.holdfast.core.Limits;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.protocol.RemoteRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * The next changes after a cursor.
 *
 * @param cursor where they end
 * @param complete whether nothing is left behind that
 */
record Page(List<RemoteRecord> changes, Cursor cursor, boolean complete) {

    /** How much one page may hold; of the bytes it may exceed the last record's. */
    record Size(int recordsMax, long bytesMax) {
        static final Size WHOLE = new Size(Limits.PAGE_RECORDS_MAX, Limits.PAGE_BYTES_MAX);
    }

    /** Nothing more, up to the head. */
    static Page end(ScopeHead head) {
        return new Page(List.of(), new Cursor(head.epoch(), head.sequence(), head.chain()), true);
    }

    static Page read(ScopeSnapshot snapshot, ScopeHead head, Cursor from, Size size) {
        if (from.sequence() == head.sequence()) {
            return end(head);
        }
        List<ServerRecord> records = snapshot.changesSince(from.sequence(), size.recordsMax(), size.bytesMax());
        long last = records.isEmpty() ? head.sequence() : records.getLast().sequence();
        boolean complete = last == head.sequence();
        Cursor end = end(head).cursor();
        List<RemoteRecord> changes = new ArrayList<>(records.size());
        for (ServerRecord record : records) {
            changes.add(new RemoteRecord(record.key(), record.state(), record.sequence()));
        }
        return new Page(changes, complete ? end : Cursor.partial(last, end), complete);
    }
}
