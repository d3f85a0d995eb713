package io.holdfast.earnings.record;

import io.holdfast.core.record.RecordKey;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.binding.RecordBinding;

/** The collections of the application, and the schema that devices and server share. */
public final class EarningsSchema {

    /** Users' balances. */
    public static final RecordBinding<UserEarnings> USERS = RecordBinding.of(UserEarnings.class);

    /** Claims. */
    public static final RecordBinding<MiningSession> SESSIONS = RecordBinding.of(MiningSession.class);

    /** What became of claims. */
    public static final RecordBinding<MiningSettlement> SETTLEMENTS = RecordBinding.of(MiningSettlement.class);

    /** The audit trail. */
    public static final RecordBinding<AuditEntry> AUDIT = RecordBinding.of(AuditEntry.class);

    /** What waits for a person. */
    public static final RecordBinding<EarningsReview> REVIEWS = RecordBinding.of(EarningsReview.class);

    /** What is at odds. */
    public static final RecordBinding<Discrepancy> DISCREPANCIES = RecordBinding.of(Discrepancy.class);

    /** All of them. */
    public static final Schema SCHEMA =
            RecordBinding.schema("earnings", 1, USERS, SESSIONS, SETTLEMENTS, AUDIT, REVIEWS, DISCREPANCIES);

    private EarningsSchema() {}

    /** The key of a record of one of them. */
    public static RecordKey key(RecordBinding<?> binding, String id) {
        return new RecordKey(binding.collection().name(), id);
    }
}
