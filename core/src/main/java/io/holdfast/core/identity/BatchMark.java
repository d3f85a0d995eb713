package io.holdfast.core.identity;

/**
 * Names one frozen batch of one replica by its dense number and its hash. The hash covers the hash before it, so two marks
 * are equal only if everything the replica ever sent is equal.
 *
 * @param number 1 for a replica's first batch; 0 before it
 * @param hash 64 hexadecimal digits of SHA-256; empty before the first batch
 */
public record BatchMark(long number, String hash) {

    /** Before a replica's first batch. */
    public static final BatchMark NONE = new BatchMark(0, "");
}
