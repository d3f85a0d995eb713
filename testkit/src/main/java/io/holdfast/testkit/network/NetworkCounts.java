package io.holdfast.testkit.network;

/**
 * What a network did so far. At every moment {@code sent + duplicated == delivered + lost + separated + dropped + inFlight}.
 *
 * @param sent messages handed to the network
 * @param duplicated second copies made
 * @param delivered copies that arrived, truncated ones included
 * @param truncated copies that were cut off, delivered or not
 * @param lost messages lost by chance
 * @param separated copies lost to a partition or an isolated node
 * @param dropped copies in flight that were thrown away on demand
 * @param inFlight copies on their way
 */
public record NetworkCounts(
        long sent,
        long duplicated,
        long delivered,
        long truncated,
        long lost,
        long separated,
        long dropped,
        long inFlight) {}
