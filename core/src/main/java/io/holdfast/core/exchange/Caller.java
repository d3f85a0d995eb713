package io.holdfast.core.exchange;

import io.holdfast.core.protocol.Sender;

/** Who sent a message, by token and by its own word, and when the server got it. */
record Caller(Principal principal, Sender sender, long nowMillis) {

    Situation.Asker asker(ScopeHead head) {
        return Situation.Asker.of(principal, head, sender.replica(), nowMillis);
    }
}
