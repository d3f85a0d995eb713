package io.holdfast.earnings;

import io.holdfast.core.engine.RecordGuard;
import io.holdfast.core.protocol.RemoteRecord;
import io.holdfast.core.value.Value;
import io.holdfast.earnings.record.EarningsSchema;
import java.util.Optional;

/** Takes one user's records only, whatever a server answers with. Pure. */
record OwnRecords(String user) implements RecordGuard {

    private static final String USERS = EarningsSchema.USERS.collection().name();

    @Override
    public Optional<String> refuses(RemoteRecord record) {
        Value owner = record.state().value("user_id");
        boolean foreign = owner instanceof Value.Text text && !text.text().equals(user);
        boolean foreignBalance =
                record.key().collection().equals(USERS) && !record.key().id().equals(user);
        return foreign || foreignBalance
                ? Optional.of(
                        "The server answered with another user's earnings; nothing of it was taken. Tell its operator.")
                : Optional.empty();
    }
}
