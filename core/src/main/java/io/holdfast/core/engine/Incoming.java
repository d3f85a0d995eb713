package io.holdfast.core.engine;

import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ReconcileAnswer;
import io.holdfast.core.protocol.RegisterAnswer;

/** The server's answer to an {@link Outgoing} message. */
public sealed interface Incoming {

    /** The number of the message it answers. */
    long request();

    /** The server's clock when it answered, milliseconds since 1970. */
    long serverMillis();

    /** Answers a registration. */
    record Registered(RegisterAnswer message) implements Incoming {
        @Override
        public long request() {
            return message.request();
        }

        @Override
        public long serverMillis() {
            return message.serverMillis();
        }
    }

    /** Answers an exchange. */
    record Exchanged(ExchangeAnswer message) implements Incoming {
        @Override
        public long request() {
            return message.request();
        }

        @Override
        public long serverMillis() {
            return message.serverMillis();
        }
    }

    /** Answers a reconciliation. */
    record Reconciled(ReconcileAnswer message) implements Incoming {
        @Override
        public long request() {
            return message.request();
        }

        @Override
        public long serverMillis() {
            return message.serverMillis();
        }
    }
}
