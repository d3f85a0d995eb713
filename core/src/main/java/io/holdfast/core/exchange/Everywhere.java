package io.holdfast.core.exchange;

import java.util.ArrayList;
import java.util.List;

/** What is looked for over all scopes, and the plain way to find it: scope after scope. */
record Everywhere(String collection, List<TextMatch> matches) {

    private static final int SCOPES_STEP = 100;
    private static final int RECORDS_STEP = 500;

    static List<PlacedRecord> walk(ServerStorage storage, Everywhere wanted, Place after, int limit) {
        List<PlacedRecord> found = new ArrayList<>();
        if (!after.scope().isEmpty()) {
            wanted.collect(storage, after.scope(), after.id(), limit, found);
        }
        List<String> scopes = storage.scopes(after.scope(), SCOPES_STEP);
        while (found.size() < limit && !scopes.isEmpty()) {
            for (String scope : scopes) {
                wanted.collect(storage, scope, "", limit, found);
            }
            scopes = storage.scopes(scopes.getLast(), SCOPES_STEP);
        }
        return found;
    }

    private void collect(ServerStorage storage, String scope, String afterId, int limit, List<PlacedRecord> found) {
        storage.snapshot(scope, snapshot -> {
            String last = afterId;
            while (found.size() < limit) {
                List<ServerRecord> step = snapshot.live(collection, last, RECORDS_STEP);
                for (ServerRecord record : step) {
                    last = record.key().id();
                    if (found.size() < limit && matches.stream().allMatch(match -> match.holds(record.state()))) {
                        found.add(new PlacedRecord(scope, record));
                    }
                }
                if (step.size() < RECORDS_STEP) {
                    return found.size();
                }
            }
            return found.size();
        });
    }
}
