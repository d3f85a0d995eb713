package io.holdfast.client.transport;

/**
 * How much went over the network: bodies as they travel, compressed if they are, without headers.
 *
 * @param roundTrips requests that were answered, in whatever way
 */
public record Traffic(long roundTrips, long sentBytes, long receivedBytes) {

    /** Nothing. */
    public static final Traffic NONE = new Traffic(0, 0, 0);

    /** Both together. */
    public Traffic plus(Traffic other) {
        return new Traffic(
                roundTrips + other.roundTrips, sentBytes + other.sentBytes, receivedBytes + other.receivedBytes);
    }
}
