package io.holdfast.earnings;

import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.record.AnchorJson;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.earnings.record.UserEarnings;
import io.holdfast.store.Store;
import io.holdfast.store.query.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether a user's records make sense together: whose they are, whether times run forward and amounts can be. Stateless. */
final class StateCheck {

    private static final int PAGE = 500;

    private StateCheck() {}

    /** What makes no sense, one line each; the first few are enough. */
    static List<String> findings(Store store, String user) {
        List<String> findings = new ArrayList<>();
        store.collection(UserEarnings.class)
                .find(Query.all().limit(PAGE))
                .records()
                .forEach(record -> user(record, user, findings));
        store.collection(MiningSession.class)
                .find(Query.all().orderByDescending("started_at").limit(PAGE))
                .records()
                .forEach(record -> session(record, user, findings));
        return findings;
    }

    private static void user(UserEarnings record, String user, List<String> findings) {
        String what = "user_earnings/" + record.id();
        owner(record.userId(), user, what, findings);
        if (record.current().signum() < 0
                || record.held().signum() < 0
                || record.total().compareTo(record.current()) < 0) {
            findings.add(what + ": a balance is negative, or more than was ever granted");
        }
        try {
            Foresight.books(record);
        } catch (RuntimeException unreadable) {
            findings.add(what + ": its ledger cannot be read");
        }
    }

    private static void session(MiningSession record, String user, List<String> findings) {
        String what = "mining_sessions/" + record.id();
        owner(record.userId(), user, what, findings);
        Instant end = record.endedAt().orElse(record.lastUpdate());
        if (record.lastUpdate().isBefore(record.startedAt()) || end.isBefore(record.startedAt())) {
            findings.add(what + ": it ends before it begins");
        }
        if (record.earned().compareTo(Coins.ZERO.number()) < 0) {
            findings.add(what + ": it earned less than nothing");
        }
        try {
            AnchorJson.read(record.clock());
        } catch (RuntimeException unreadable) {
            findings.add(what + ": its clock cannot be read");
        }
    }

    private static void owner(String held, String user, String what, List<String> findings) {
        if (!held.equals(user)) {
            findings.add(what + ": it is another user's");
        }
    }
}
