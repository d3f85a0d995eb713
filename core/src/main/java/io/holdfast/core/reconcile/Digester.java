package io.holdfast.core.reconcile;

import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.ByteSink;
import io.holdfast.core.value.CanonicalValue;
import io.holdfast.core.value.HmacSha256;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * Computes digests, buckets and fingerprints under a scope's key, with HMAC-SHA-256 (RFC 2104, FIPS 180-4).
 *
 * <p>The input of a record's digest is, every length as 4 bytes big-endian: the byte 1 (form), the byte 'R', length and
 * UTF-8 of the collection, length and UTF-8 of the id, time and incarnation of its latest deletion (8 bytes each,
 * big-endian; 0 without one), then for each field that was ever written, cleared or not, ascending by name: length and UTF-8
 * of the name, length and bytes of the canonical value ({@link CanonicalValue}), time and incarnation of the stamp. So the
 * digests of two live records are equal only if all is equal that either says, and merging with the one is merging with the
 * other. Tombstones and the schema's version have no part in it.
 *
 * <p>Not thread-safe: one instance a thread.
 */
public final class Digester {

    private static final byte FORM = 1;
    private static final int FINGERPRINT_BYTES = 16;

    private final HmacSha256 mac;
    private final ByteSink buffer = new ByteSink(256);

    /** A digester for one scope. */
    public Digester(ScopeKey key) {
        this(key.mac());
    }

    private Digester(HmacSha256 mac) {
        this.mac = mac;
    }

    /**
     * A digester for one challenge: its digests are worth nothing before the nonce is known, so both sides must hash the
     * rows they really have.
     *
     * @param nonce at least 16 fresh random bytes
     */
    public Digester challenge(byte[] nonce) {
        start('N');
        buffer.put(nonce);
        return new Digester(new HmacSha256(finish()));
    }

    /** The digest of a record; {@link Digest#NONE} if it is not live. */
    public Digest digest(RecordKey key, RecordState state) {
        if (!state.live()) {
            return Digest.NONE;
        }
        start('R');
        text(key.collection());
        text(key.id());
        stamp(state.deleted());
        for (Map.Entry<String, Cell> entry : state.cells().entrySet()) {
            text(entry.getKey());
            CanonicalValue.writeSized(entry.getValue().value(), buffer);
            stamp(entry.getValue().stamp());
        }
        return Digest.of(finish());
    }

    /** The bucket of a record, 0 to {@link Buckets#COUNT} - 1; depends on the key alone. */
    public int bucket(RecordKey key) {
        start('B');
        text(key.collection());
        text(key.id());
        byte[] hash = finish();
        return ((hash[0] & 0xff) << 4 | (hash[1] & 0xff) >>> 4) & (Buckets.COUNT - 1);
    }

    /**
     * What two replicas compare: 32 hexadecimal digits over scope, epoch, sequence and sum. Equal fingerprints mean equal
     * records at the same point of the same history.
     */
    public String fingerprint(String scope, String epoch, long sequence, DigestSum sum) {
        start('F');
        text(scope);
        text(epoch);
        buffer.putLong(sequence);
        buffer.putInt(DigestSum.BYTES).put(sum.bytes());
        return HexFormat.of().formatHex(Arrays.copyOf(finish(), FINGERPRINT_BYTES));
    }

    private void start(char purpose) {
        buffer.clear();
        buffer.put(FORM).put(purpose);
    }

    private byte[] finish() {
        return mac.of(buffer.array(), buffer.size());
    }

    private void text(String text) {
        buffer.putText(text);
    }

    private void stamp(Stamp stamp) {
        buffer.putLong(stamp.time()).putLong(stamp.incarnation());
    }
}
