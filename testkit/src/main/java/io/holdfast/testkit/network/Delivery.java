package io.holdfast.testkit.network;

import java.time.Instant;

/**
 * A copy of a message that arrives.
 *
 * @param message the number of the message, from 1 in the order sent; copies share it
 * @param copy 1 for the first copy, 2 for its duplicate
 * @param from the node that sent it
 * @param to the node that gets it
 * @param payload what arrives, cut off if {@code truncated}
 * @param truncated whether something is missing at the end
 * @param sentAt when it was sent
 * @param at when it arrives
 */
public record Delivery<P>(
        long message, int copy, String from, String to, P payload, boolean truncated, Instant sentAt, Instant at) {}
