package io.holdfast.core.audit;

import io.holdfast.core.record.RecordKey;
import java.util.Set;

/** What shall be written down about gaps, decided by something pure and done in the transaction that does the rest. */
public sealed interface GapStep {

    /** As {@link GapBook#open}. */
    record Open(GapBook.Found found, Gap.State state, String how) implements GapStep {}

    /** As {@link GapBook#repaired}. */
    record Repaired(RecordKey key, String how) implements GapStep {}

    /** What a proof had found is gone, except for what it still finds. */
    record CloseUnless(Set<RecordKey> stillFound, String by) implements GapStep {
        /** Copies. */
        public CloseUnless {
            stillFound = Set.copyOf(stillFound);
        }
    }

    /** Something that happened beside gaps. */
    record Noted(AuditEntry.Event event, String detail) implements GapStep {}

    /** Writes it down. */
    default void writeInto(GapBook book) {
        switch (this) {
            case Open open -> book.open(open.found(), open.state(), open.how());
            case Repaired repaired -> book.repaired(repaired.key(), repaired.how());
            case Noted noted -> book.say(noted.event(), noted.detail());
            case CloseUnless close ->
                book.closeUnless(close.stillFound(), gap -> gap.finding().by().equals(close.by()));
        }
    }
}
