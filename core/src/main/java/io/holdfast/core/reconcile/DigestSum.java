package io.holdfast.core.reconcile;

import java.nio.ByteBuffer;

/**
 * The sum of record digests modulo 2<sup>256</sup>, with their number. A sum, not an exclusive or: adding a digest twice
 * shows, and so does any set of changes an attacker without the key could choose. Immutable.
 *
 * <p>Source: Bellare and Micciancio, "A New Paradigm for Collision-Free Hashing: Incrementality at Reduced Cost",
 * EUROCRYPT 1997 (AdHash), under a secret key.
 *
 * @param w3 the most significant 64 bits
 * @param w0 the least significant 64 bits
 * @param count how many digests are in the sum
 */
public record DigestSum(long w3, long w2, long w1, long w0, long count) {

    /** The sum of no digests. */
    public static final DigestSum ZERO = new DigestSum(0, 0, 0, 0, 0);

    /** Length of the byte form: the sum, then the count. */
    public static final int BYTES = Digest.LENGTH + Long.BYTES;

    /** The sum with one more digest. */
    public DigestSum plus(Digest digest) {
        return add(digest.w3(), digest.w2(), digest.w1(), digest.w0(), 1);
    }

    /** The sum without a digest that was in it. */
    public DigestSum minus(Digest digest) {
        DigestSum negated = new DigestSum(~digest.w3(), ~digest.w2(), ~digest.w1(), ~digest.w0(), 0).add(0, 0, 0, 1, 0);
        return add(negated.w3, negated.w2, negated.w1, negated.w0, -1);
    }

    /** Both sums as one. */
    public DigestSum plus(DigestSum other) {
        return add(other.w3, other.w2, other.w1, other.w0, other.count);
    }

    private DigestSum add(long b3, long b2, long b1, long b0, long more) {
        long s0 = w0 + b0;
        long carry = Long.compareUnsigned(s0, w0) < 0 ? 1 : 0;
        long s1 = w1 + b1;
        long carry1 = Long.compareUnsigned(s1, w1) < 0 ? 1 : 0;
        s1 += carry;
        carry = carry1 + (carry == 1 && s1 == 0 ? 1 : 0);
        long s2 = w2 + b2;
        long carry2 = Long.compareUnsigned(s2, w2) < 0 ? 1 : 0;
        s2 += carry;
        carry = carry2 + (carry == 1 && s2 == 0 ? 1 : 0);
        return new DigestSum(w3 + b3 + carry, s2, s1, s0, count + more);
    }

    /** 40 bytes, big-endian: the sum, then the count. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(w3)
                .putLong(w2)
                .putLong(w1)
                .putLong(w0)
                .putLong(count)
                .array();
    }

    /** Reads the byte form. */
    public static DigestSum of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new DigestSum(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }
}
