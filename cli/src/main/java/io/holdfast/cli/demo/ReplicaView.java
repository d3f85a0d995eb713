package io.holdfast.cli.demo;

/**
 * What one replica holds.
 *
 * @param records that it has confirmed
 * @param sequence how far it has followed the scope
 * @param fingerprint of its confirmed records at that sequence, computed by itself
 */
record ReplicaView(String name, long records, long sequence, String fingerprint) {

    /** Whether both hold the same at the same point. */
    boolean equalTo(ReplicaView other) {
        return records == other.records && sequence == other.sequence && fingerprint.equals(other.fingerprint);
    }
}
