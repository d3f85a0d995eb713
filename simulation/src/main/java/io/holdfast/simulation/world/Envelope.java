package io.holdfast.simulation.world;

import io.holdfast.core.engine.Failure;
import io.holdfast.core.engine.Incoming;
import io.holdfast.core.engine.Outgoing;
import io.holdfast.core.protocol.ExchangeCodec;
import io.holdfast.core.protocol.ReconcileCodec;
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

    /** What tells a device that its scope has moved. */
    static Envelope hint() {
        return of(Kind.HINT, 0, 0, new byte[0]);
    }

    /** A device's message. */
    static Envelope of(long process, Outgoing message) {
        return switch (message) {
            case Outgoing.Register register ->
                of(Kind.REGISTER, process, message.request(), ExchangeCodec.write(register.message()));
            case Outgoing.Exchange exchange ->
                of(Kind.EXCHANGE, process, message.request(), ExchangeCodec.write(exchange.message()));
            case Outgoing.Reconcile reconcile ->
                of(Kind.RECONCILE, process, message.request(), ReconcileCodec.write(reconcile.message()));
        };
    }

    private static Envelope of(Kind kind, long process, long request, byte[] bytes) {
        return new Envelope(kind, process, request, bytes, Optional.empty());
    }

    /**
     * The server's answer, read.
     *
     * @throws io.holdfast.core.error.HoldfastException if it arrived damaged
     */
    Incoming incoming() {
        return switch (kind) {
            case REGISTER -> new Incoming.Registered(ExchangeCodec.readRegisterAnswer(bytes));
            case EXCHANGE -> new Incoming.Exchanged(ExchangeCodec.readExchangeAnswer(bytes));
            case RECONCILE -> new Incoming.Reconciled(ReconcileCodec.readReconcileAnswer(bytes));
            case HINT -> throw new IllegalStateException("a hint is no answer");
        };
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
