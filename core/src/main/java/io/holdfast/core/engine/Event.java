package io.holdfast.core.engine;

/** Something that happened to a device. Every event carries the reading of the local clock. */
public sealed interface Event {

    /** Reading of the local clock, milliseconds since 1970. */
    long nowMillis();

    /** A change was made, or the server hinted at one, or a person asked, or the network came back: exchange now. */
    record Wanted(long nowMillis, Reason reason) implements Event {}

    /** Why an exchange is wanted. */
    enum Reason {
        /** A local change is durable. */
        WRITE,
        /** The server said that the scope has moved. */
        HINT,
        /** The network came back. */
        NETWORK,
        /** A person asked, or the token was replaced: try at once, whatever stood in the way. */
        PERSON
    }

    /** A person, or a schedule, asks for a comparison of the actual rows under a fresh challenge. */
    record ChallengeWanted(long nowMillis, String nonce) implements Event {}

    /** Time has come. */
    record Tick(long nowMillis) implements Event {}

    /** The message that the engine asked for is ready and durable. */
    record Prepared(long nowMillis, Outgoing message) implements Event {}

    /** An answer arrived. */
    record Answered(long nowMillis, Incoming answer) implements Event {}

    /** A message failed; {@code request} says which. */
    record Failed(long nowMillis, long request, Failure failure) implements Event {}

    /** The store has taken an answer in. */
    record Absorbed(long nowMillis, long request, Outcome outcome) implements Event {}
}
