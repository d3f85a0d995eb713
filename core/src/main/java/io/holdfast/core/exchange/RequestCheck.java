package io.holdfast.core.exchange;

import io.holdfast.core.Limits;
import io.holdfast.core.change.Change;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.protocol.Batch;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.Protocol;
import io.holdfast.core.protocol.SchemaRef;
import io.holdfast.core.protocol.Sender;
import io.holdfast.core.record.RecordKey;
import java.util.HashSet;
import java.util.Set;

/** Refuses messages that cannot be right, before anything is loaded or locked. */
record RequestCheck(SchemaRef schema) {

    private static final int NAME_MAX = 200;

    void sender(Sender sender) {
        if (sender.protocol() != Protocol.VERSION) {
            throw new HoldfastException(
                    ErrorCode.PROTOCOL_UNSUPPORTED,
                    "This server speaks protocol " + Protocol.VERSION + ", not " + sender.protocol()
                            + ": upgrade the older side.");
        }
        name(sender.scope(), "scope");
        name(sender.replica(), "replica");
        schema(sender.schema());
    }

    private static void name(String name, String what) {
        if (name.length() > NAME_MAX || hasControls(name)) {
            throw new HoldfastException(
                    ErrorCode.REQUEST_INVALID,
                    "The " + what + " has more than " + NAME_MAX
                            + " characters, or control characters: use another name.");
        }
    }

    private static boolean hasControls(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private void schema(SchemaRef theirs) {
        boolean older = theirs.version() < schema.version();
        boolean same = theirs.version() == schema.version() && theirs.hash().equals(schema.hash());
        if (!theirs.name().equals(schema.name()) || !(older || same)) {
            throw new HoldfastException(
                    ErrorCode.SCHEMA_MISMATCH,
                    "This server holds schema " + schema.name() + " version " + schema.version() + ", the device uses "
                            + theirs.name() + " version " + theirs.version()
                            + (theirs.version() == schema.version() ? " with other content" : "")
                            + ": give both the same schema, the server first.");
        }
    }

    void exchange(ExchangeRequest request) {
        sender(request.sender());
        if (request.earlier().size() > Limits.CURSORS_KEPT) {
            throw new HoldfastException(
                    ErrorCode.REQUEST_INVALID, "At most " + Limits.CURSORS_KEPT + " earlier cursors may be shown.");
        }
        request.batch().ifPresent(RequestCheck::batch);
    }

    private static void batch(Batch batch) {
        if (batch.changes().size() > Limits.BATCH_CHANGES_MAX) {
            throw new HoldfastException(
                    ErrorCode.BATCH_TOO_LARGE, "A batch holds at most " + Limits.BATCH_CHANGES_MAX + " changes.");
        }
        Set<RecordKey> keys = new HashSet<>();
        for (Change change : batch.changes()) {
            if (!keys.add(change.key())) {
                throw new HoldfastException(
                        ErrorCode.BATCH_MALFORMED, "The batch changes the record " + change.key() + " twice.");
            }
        }
    }
}
