package io.holdfast.earnings;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.json.JsonRefusedException;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.record.AnchorJson;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.earnings.record.UserEarnings;
import io.holdfast.store.Store;
import io.holdfast.store.query.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a user's records make sense together: whose they are, whether times run forward and amounts can be. Stateless. */
final class StateCheck {

    private static final int PAGE = 500;

    private StateCheck() {}

    /**
     * What makes no sense, one line each.
     *
     * @param here what this device reckons with: without it nothing can go on
     * @param elsewhere sessions that another of the user's devices told of: they must not lock this one
     */
    record Findings(List<String> here, List<String> elsewhere) {

        /** What the user is told; empty if there is nothing. */
        Optional<Notice> notice() {
            if (!here.isEmpty()) {
                return Optional.of(new Notice(
                        ErrorCode.EARNINGS_STATE,
                        "Your stored earnings contradict themselves. Restore them from the server or from a backup.",
                        here,
                        List.of(Notice.Choice.SERVER, Notice.Choice.BACKUP)));
            }
            return elsewhere.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Notice(
                            ErrorCode.EARNINGS_STATE,
                            "Another of your devices told of mining that makes no sense; this device goes on. Renew the"
                                    + " app on the other one.",
                            elsewhere,
                            List.of()));
        }
    }

    /** Looks through the user's record and the latest sessions; the first few findings are enough. */
    static Findings findings(Store store, String user) {
        List<String> findings = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        List<String> own = new OwnDevices(store).names();
        read(store, UserEarnings.class, Query.all(), findings).forEach(record -> user(record, user, findings));
        read(store, MiningSession.class, Query.all().orderByDescending("started_at"), findings)
                .forEach(record -> {
                    owner(record.userId(), user, name(record), findings);
                    session(record, own.contains(record.device()) ? findings : elsewhere);
                });
        return new Findings(List.copyOf(findings), List.copyOf(elsewhere));
    }

    /** Values that are no values of their fields have no record. */
    private static <T extends Record> List<T> read(Store store, Class<T> type, Query query, List<String> findings) {
        try {
            return store.collection(type).find(query.limit(PAGE)).records();
        } catch (JsonRefusedException unreadable) {
            findings.add(type.getSimpleName() + ": a record cannot be read");
            return List.of();
        }
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

    private static String name(MiningSession record) {
        return "mining_sessions/" + record.id();
    }

    private static void session(MiningSession record, List<String> findings) {
        String what = name(record);
        Instant end = record.endedAt().orElse(record.lastUpdate());
        if (record.lastUpdate().isBefore(record.startedAt()) || end.isBefore(record.startedAt())) {
            findings.add(what + ": it ends before it begins");
        }
        if (record.earned().compareTo(Coins.ZERO.number()) < 0) {
            findings.add(what + ": it earned less than nothing");
        }
        if (!AnchorJson.readable(record.clock())) {
            findings.add(what + ": its clock cannot be read");
        }
    }

    private static void owner(String held, String user, String what, List<String> findings) {
        if (!held.equals(user)) {
            findings.add(what + ": it is another user's");
        }
    }
}
