package io.holdfast.earnings.office;

import io.holdfast.core.exchange.Place;
import io.holdfast.core.exchange.PlacedRecord;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.TextMatch;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.value.TextOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Records of many users, a page at a time, ascending by user and id. Each user's part of a page is of one moment. Thread-safe. */
public final class Overview {

    private static final int STEP = 500;

    private final ServerStorage storage;

    /** Looks at that storage. */
    public Overview(ServerStorage storage) {
        this.storage = storage;
    }

    /** Some records, and where the next page begins, if there may be one. */
    public record Page(List<PlacedRecord> records, Optional<Place> next) {
        /** Copies. */
        public Page {
            records = List.copyOf(records);
        }
    }

    /**
     * What is looked for.
     *
     * @param matches must all hold
     */
    public record Wanted(Reach reach, String collection, List<TextMatch> matches) {
        /** Copies. */
        public Wanted {
            matches = List.copyOf(matches);
        }
    }

    /** The records after a place, at most {@code limit}. */
    public Page page(Wanted wanted, Place after, int limit) {
        List<PlacedRecord> records = switch (wanted.reach) {
            case Reach.Everybody ignored -> storage.everywhere(wanted.collection, wanted.matches, after, limit);
            case Reach.Users some -> of(some.users(), wanted, after, limit);
        };
        boolean full = records.size() == limit;
        return new Page(records, full ? Optional.of(records.getLast().place()) : Optional.empty());
    }

    private List<PlacedRecord> of(SortedSet<String> users, Wanted wanted, Place after, int limit) {
        List<PlacedRecord> found = new ArrayList<>();
        for (String user : users) {
            int order = TextOrder.compare(user, after.scope());
            if (order >= 0 && found.size() < limit) {
                storage.snapshot(user, snapshot -> {
                    String last = order == 0 ? after.id() : "";
                    List<ServerRecord> step = snapshot.live(wanted.collection, last, STEP);
                    while (!step.isEmpty() && found.size() < limit) {
                        step.stream()
                                .filter(record ->
                                        wanted.matches.stream().allMatch(match -> match.holds(record.state())))
                                .limit((long) limit - found.size())
                                .forEach(record -> found.add(new PlacedRecord(user, record)));
                        step = snapshot.live(
                                wanted.collection, step.getLast().key().id(), STEP);
                    }
                    return found.size();
                });
            }
        }
        return found;
    }

    /** One user's record, if it is there. */
    public Optional<ServerRecord> one(String user, RecordKey key) {
        return storage.snapshot(
                user,
                snapshot -> Optional.ofNullable(snapshot.records(List.of(key)).get(key))
                        .filter(record -> record.state().live()));
    }
}
