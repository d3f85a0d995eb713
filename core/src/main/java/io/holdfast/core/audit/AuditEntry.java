package io.holdfast.core.audit;

/**
 * One thing that was done, found or recognised: who, what, when. Never changed.
 *
 * @param id unique within the store or the scope, grows; 0 until the storage gives one
 * @param who a person's name, or {@link #HOLDFAST}
 * @param detail one sentence for people
 */
public record AuditEntry(long id, long atMillis, String who, Event event, String detail) {

    /** What is done without being asked. */
    public static final String HOLDFAST = "holdfast";

    /** What happened. */
    public enum Event {
        /** A proof found a gap. */
        GAP_FOUND,
        /** A gap was closed. */
        GAP_CLOSED,
        /** This store was recognised as restored from an older copy, or as a copy of another. */
        STORE_RECOGNISED,
        /** The server was recognised as restored from an older copy. */
        SERVER_RECOGNISED,
        /** A refused change was sent again. */
        CHANGE_RETRIED,
        /** A refused change was given up. */
        CHANGE_DISCARDED,
        /** A row that another program wrote was taken into its record. */
        FOREIGN_WRITE,
        /** The store was rebuilt from what could be read of its damaged file. */
        STORE_REBUILT;

        /** Whether entries of this event may go once there are many newer ones. */
        public boolean passing() {
            return switch (this) {
                case GAP_FOUND, GAP_CLOSED, FOREIGN_WRITE -> true;
                case STORE_RECOGNISED, SERVER_RECOGNISED, CHANGE_RETRIED, CHANGE_DISCARDED, STORE_REBUILT -> false;
            };
        }
    }

    /** Something that was done without being asked. */
    public static AuditEntry of(Event event, String detail, long atMillis) {
        return new AuditEntry(0, atMillis, HOLDFAST, event, detail);
    }

    /** The same entry as the storage keeps it. */
    public AuditEntry withId(long given) {
        return new AuditEntry(given, atMillis, who, event, detail);
    }
}
