package io.holdfast.core.engine;

/** Something the engine asks its shell to do; what comes of it returns as an {@link Event}. */
public sealed interface Effect {

    /** Make the next message in a local transaction ({@link Session#prepare}). Returns {@link Event.Prepared}. */
    record Prepare(Work work, long request, int changesMax) implements Effect {}

    /** Send a message. Returns {@link Event.Answered} or {@link Event.Failed}. */
    record Send(Outgoing message) implements Effect {}

    /**
     * Take an answer in, in a local transaction ({@link Session#absorb}). Returns {@link Event.Absorbed}.
     *
     * @param offsetMillis server's clock minus local clock, as the answer shows it
     */
    record Absorb(Outgoing sent, Incoming answer, long offsetMillis) implements Effect {}

    /** While the answer is awaited, freeze the next batch if a whole one waits ({@link Session#freezeAhead}). */
    record FreezeAhead(int changesMax) implements Effect {}

    /** Make the frozen batch pending again, so that it is frozen in smaller parts. */
    record Split() implements Effect {}

    /** Put the frozen batch into quarantine: it cannot be divided further. */
    record Quarantine(Failure why) implements Effect {}

    /**
     * Come back with a {@link Event.Tick}; replaces any earlier such wish.
     *
     * @param millis when, by the local clock: for people
     * @param inMillis after how long: what to go by, because the clock may be set meanwhile
     */
    record WakeAt(long millis, long inMillis) implements Effect {}
}
