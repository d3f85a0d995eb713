package io.holdfast.server.run.write;

import io.holdfast.core.exchange.ServerWrite;
import io.holdfast.core.reconcile.ContentDigester;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.value.Value;
import io.holdfast.core.value.ValueOrder;
import io.holdfast.server.audit.Fate;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Decides what comes of a planned write, given the record as it stands now. Pure.
 *
 * <p>A record that is not as it was when it was compared has a second writer. If the mapping names a timestamp, the later one
 * stands, and the source's at equal times; else the write is refused, and the next comparison sees the record as it is.
 *
 * @param collection of the target
 * @param digester of the fields that the source gives
 * @param timestamp the field that says when a record was last changed
 * @param mark the field that says that the source lacks a record, where such records are marked and not deleted
 */
public record WriteDecision(
        String collection, ContentDigester digester, Optional<String> timestamp, Optional<String> mark) {

    Ruling decide(Planned planned, RecordState now) {
        return planned.kind() == Planned.Kind.DELETE ? deletion(planned, now) : put(planned, now);
    }

    /** Whether the target's values of a record are later than the source's, and so stay. */
    public boolean newer(Function<String, Value> now, SortedMap<String, Value> source) {
        return timestamp
                .filter(field -> later(now.apply(field), source.getOrDefault(field, Value.NULL)))
                .isPresent();
    }

    private static boolean later(Value held, Value offered) {
        return !held.isNull() && !offered.isNull() && ValueOrder.compare(held, offered) > 0;
    }

    private Ruling put(Planned planned, RecordState now) {
        Digest content = content(planned, now);
        Fate fate = planned.kind() == Planned.Kind.CREATE ? Fate.CREATED : Fate.UPDATED;
        // Written meanwhile, by this very write whose answer was lost if not by another.
        if (content.equals(planned.entry().content())) {
            return Ruling.leave(fate);
        }
        if (now.live() && newer(now::value, planned.entry().values())) {
            return Ruling.leave(Fate.KEPT);
        }
        boolean stale = now.live() ? !content.equals(planned.seen()) && !marked(now) : deletedMeanwhile(planned, now);
        return stale && timestamp.isEmpty() ? Ruling.stale() : Ruling.write(fate, write(planned, now));
    }

    /** A record that no head explains was put there by someone else; it shows no state, and is replaced. */
    private static boolean deletedMeanwhile(Planned planned, RecordState now) {
        return planned.kind() == Planned.Kind.UPDATE && now.tombstone();
    }

    private Ruling deletion(Planned planned, RecordState now) {
        if (now.tombstone()) {
            return Ruling.leave(Fate.DELETED);
        }
        if (now.live() && !content(planned, now).equals(planned.seen())) {
            return Ruling.stale();
        }
        return mark.map(field -> Ruling.write(Fate.DELETED, marking(planned, field)))
                .orElseGet(Ruling::delete);
    }

    private ServerWrite marking(Planned planned, String field) {
        return new ServerWrite(key(planned), new TreeMap<>(Collections.singletonMap(field, new Value.Bool(true))));
    }

    private boolean marked(RecordState now) {
        return mark.filter(field -> now.value(field).equals(new Value.Bool(true)))
                .isPresent();
    }

    private Digest content(Planned planned, RecordState now) {
        return now.live() && !marked(now) ? digester.digest(planned.entry().id(), now::value) : Digest.NONE;
    }

    /** Of empty fields only those that hold something: a new record needs no word on what it lacks. */
    private ServerWrite write(Planned planned, RecordState now) {
        SortedMap<String, Value> values = new TreeMap<>(planned.entry().values());
        mark.ifPresent(field -> values.put(field, Value.NULL));
        values.entrySet()
                .removeIf(value ->
                        value.getValue().isNull() && now.value(value.getKey()).isNull());
        return new ServerWrite(key(planned), values);
    }

    RecordKey key(Planned planned) {
        return new RecordKey(collection, planned.entry().id());
    }
}
