package io.holdfast.core.engine;

import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.protocol.RegisterRequest;
import java.util.Optional;

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
     * @param changes how many its batch holds; 0 if it carries none, or withdraws one
     * @param withdraws what it withdraws, if it does
     */
    record Exchange(ExchangeRequest message, int changes, Optional<Work.Withdraw> withdraws) implements Outgoing {
        /** An exchange that withdraws nothing. */
        public Exchange(ExchangeRequest message, int changes) {
            this(message, changes, Optional.empty());
        }

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
