package io.holdfast.core.exchange;

import io.holdfast.core.identity.Cursor;
import io.holdfast.core.record.RecordKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a decision about a scope may look at, all from one moment under the scope's lock.
 *
 * @param head the scope's row; absent if the scope does not exist yet
 * @param replica the asking replica's row
 * @param records those of the touched records that exist, tombstones included
 * @param links for each asked cursor, in the asked order: the first link at or above its sequence, if one is kept
 * @param foreign rows of touched records that another program wrote and no append has taken in; {@code records} has these
 *     records as they were before
 */
public record ScopeView(
        Optional<ScopeHead> head,
        Optional<ReplicaRow> replica,
        Map<RecordKey, ServerRecord> records,
        List<Optional<ChainLink>> links,
        List<ForeignRow> foreign) {

    /** With no writes of other programs. */
    public ScopeView(
            Optional<ScopeHead> head,
            Optional<ReplicaRow> replica,
            Map<RecordKey, ServerRecord> records,
            List<Optional<ChainLink>> links) {
        this(head, replica, records, links, List.of());
    }

    /**
     * What to load for a decision.
     *
     * @param cursors whose links are wanted
     */
    public record Touch(String replica, List<RecordKey> records, List<Cursor> cursors) {
        /** Copies. */
        public Touch {
            records = List.copyOf(records);
            cursors = List.copyOf(cursors);
        }
    }

    /** Copies. */
    public ScopeView {
        records = Map.copyOf(records);
        links = List.copyOf(links);
        foreign = List.copyOf(foreign);
    }
}
