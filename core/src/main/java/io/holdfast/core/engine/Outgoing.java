package io.holdfast.core.engine;

import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.protocol.RegisterRequest;

/** A message that is ready to be sent. Everything it relies on is durable. */
public sealed interface Outgoing {

    /** Its number within this opening; the answer names it. */
    long request();

    /** To be sent to the registration. */
    record Register(RegisterRequest message) implements Outgoing {
        @Override
        public long request() {
            return message.sender().request();
        }
    }

    /**
     * To be sent to the exchange.
     *
     * @param changes how many its batch holds; 0 if it carries none
     */
    record Exchange(ExchangeRequest message, int changes) implements Outgoing {
        @Override
        public long request() {
            return message.sender().request();
        }

        /** The batch it carries; {@link BatchMark#NONE} if none. */
        public BatchMark batch() {
            return message.batch().map(batch -> batch.mark()).orElse(BatchMark.NONE);
        }
    }

    /** To be sent to the reconciliation. */
    record Reconcile(ReconcileRequest message, Work work) implements Outgoing {
        @Override
        public long request() {
            return message.sender().request();
        }
    }
}
