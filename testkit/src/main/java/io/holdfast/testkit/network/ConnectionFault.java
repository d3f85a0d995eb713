package io.holdfast.testkit.network;

/** What may befall one connection of a {@link FaultyProxy}, at some byte of one of its directions. */
public enum ConnectionFault {
    /** It is reset: both ends see an error. */
    CUT,
    /** It ends as if the other side had closed it: what was under way is truncated at any byte. */
    END,
    /** Nothing more comes in one direction, and neither end learns of it: half-open. */
    STALL,
    /** What comes is late, up to the proxy's delay. */
    DELAY,
    /** One bit of one byte arrives as another. */
    CORRUPT
}
