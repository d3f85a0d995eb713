package io.holdfast.core.exchange;

/**
 * The chain after one append.
 *
 * @param sequence the last sequence of the append
 * @param chain 32 hexadecimal digits
 * @param atMillis when, milliseconds since 1970
 */
public record ChainLink(long sequence, String chain, long atMillis) {}
