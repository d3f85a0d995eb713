package io.holdfast.store.backup;

import java.time.Instant;
import java.util.List;

/**
 * What a backup says about itself. Immutable.
 *
 * @param format of the backup file; {@link #FORMAT} is the newest that this version reads
 * @param product the version of Holdfast that made it
 * @param at when it was made
 * @param content what stands in it
 * @param bytes size of the database in it
 * @param sha256 of the database in it, 64 hexadecimal digits
 */
public record Manifest(int format, String product, Instant at, Content content, long bytes, String sha256) {

    /** The format that this version writes. */
    public static final int FORMAT = 1;

    /** What was backed up. */
    public enum Kind {
        /** The store of a device. */
        DEVICE,
        /** The embedded database of a server. */
        SERVER
    }

    /**
     * What stands in a database: found when the backup is made, and found again before it is restored.
     *
     * @param layout version of the tables that are Holdfast's own
     * @param schemas each as name, version and hash
     * @param scope whose records they are; empty for a server, which has many
     * @param replica the device's id; empty for a server
     * @param counts how much there is
     * @param fingerprint 32 hexadecimal digits over all confirmed records; empty for a device that never met a server
     */
    public record Content(
            Kind kind,
            String layout,
            List<String> schemas,
            String scope,
            String replica,
            Counts counts,
            String fingerprint) {
        /** Copies. */
        public Content {
            schemas = List.copyOf(schemas);
        }
    }

    /**
     * How much there is.
     *
     * @param scopes whose records there are
     * @param records live ones that the server has confirmed, or has
     * @param unsettled changes that wait for the server or a person
     * @param damaged records that were not what had been stored, already then
     */
    public record Counts(long scopes, long records, long unsettled, long damaged) {}
}
