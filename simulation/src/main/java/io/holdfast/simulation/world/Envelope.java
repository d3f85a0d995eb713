package io.holdfast.simulation.world;

import io.holdfast.core.engine.Failure;
import io.holdfast.testkit.network.Cutter;
import java.util.Optional;

/**
 * A message as it travels, with what a connection would know of it.
 *
 * @param kind which of the protocol's messages
 * @param process the opening of the device that asks, so that an answer never reaches a later one
 * @param request the number of the request, for the shell's own use
 * @param failure the server's refusal, in place of a body
 */
record Envelope(Kind kind, long process, long request, byte[] bytes, Optional<Failure> failure) {

    /** The messages of the protocol. */
    enum Kind {
        REGISTER,
        EXCHANGE,
        RECONCILE,
        HINT
    }

    static Envelope of(Kind kind, long process, long request, byte[] bytes) {
        return new Envelope(kind, process, request, bytes, Optional.empty());
    }

    Envelope answer(byte[] body) {
        return new Envelope(kind, process, request, body, Optional.empty());
    }

    Envelope refused(Failure why) {
        return new Envelope(kind, process, request, new byte[0], Optional.of(why));
    }

    static Cutter<Envelope> cutter() {
        Cutter<byte[]> bytes = Cutter.ofBytes();
        return (whole, random) ->
                new Envelope(whole.kind, whole.process, whole.request, bytes.cut(whole.bytes, random), whole.failure);
    }
}
