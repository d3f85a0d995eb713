package io.holdfast.earnings.server;

import io.holdfast.core.change.Change;
import io.holdfast.core.exchange.DecisionRules;
import io.holdfast.core.exchange.ServerWrite;
import io.holdfast.core.exchange.Situation;
import io.holdfast.core.record.RecordKey;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.MiningSession;
import java.util.List;
import java.util.Optional;

/**
 * The server's authority over earnings. Devices create their user's record and claim time; balances, settlements, reviews and
 * discrepancies are the server's. Pure and thread-safe.
 */
public final class EarningsRules implements DecisionRules {

    private static final String USERS = EarningsSchema.USERS.collection().name();
    private static final String SESSIONS = EarningsSchema.SESSIONS.collection().name();

    private final EarningsPolicy policy;

    /** Rules under a policy. */
    public EarningsRules(EarningsPolicy policy) {
        this.policy = policy;
    }

    @Override
    public List<RecordKey> touches(String scope, Change change) {
        return isSession(change)
                ? List.of(
                        EarningsSchema.key(EarningsSchema.USERS, scope),
                        EarningsSchema.key(
                                EarningsSchema.SETTLEMENTS, change.key().id()))
                : List.of();
    }

    private static boolean isSession(Change change) {
        return change.key().collection().equals(SESSIONS);
    }

    @Override
    public Optional<Refusal> refuses(Situation situation) {
        return new ClaimCheck(situation).refusal();
    }

    @Override
    public List<ServerWrite> followForeign(Situation situation) {
        return situation.change().key().collection().equals(USERS)
                ? new ForeignBalance(situation, policy).writes()
                : List.of();
    }

    @Override
    public List<ServerWrite> follow(Situation situation) {
        Change change = situation.change();
        if (change.key().collection().equals(USERS)) {
            return UserBooks.open(situation, policy).begun();
        }
        if (!isSession(change)) {
            return List.of();
        }
        MiningSession session = Rows.read(EarningsSchema.SESSIONS, change.key().id(), situation.after())
                .orElseThrow(() -> new IllegalStateException("sessions are never deleted"));
        return new SessionDecision(situation, session, UserBooks.open(situation, policy)).writes();
    }
}
