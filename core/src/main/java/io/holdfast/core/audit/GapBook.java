package io.holdfast.core.audit;

import io.holdfast.core.Limits;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Writes gaps down and follows them to their end, each step with an audit entry. Above {@link Limits#GAPS_OPEN_MAX} open
 * gaps no further ones are kept: the proof that finds them still counts them. Not thread-safe.
 */
public final class GapBook {

    private static final int PAGE = 500;

    private final Trail trail;
    private final long nowMillis;

    /**
     * A book in one writing transaction.
     *
     * @param nowMillis when whatever is written happens
     */
    public GapBook(Trail trail, long nowMillis) {
        this.trail = trail;
        this.nowMillis = nowMillis;
    }

    /** What a proof found about a record; as of {@link Gap}. */
    public record Found(Gap.Kind kind, RecordKey key, RecordState here, RecordState there, String by, String cause) {}

    /** Opens a gap, or says anew what an open one is; its id and the time of its finding stay. */
    public void open(Found found, Gap.State state, String how) {
        Optional<Gap> known = trail.unclosed(found.key());
        if (known.isEmpty() && trail.unclosed() >= Limits.GAPS_OPEN_MAX) {
            return;
        }
        long id = known.map(Gap::id).orElse(0L);
        long since = known.map(gap -> gap.finding().atMillis()).orElse(nowMillis);
        String cause = found.cause().isEmpty()
                ? known.map(gap -> gap.finding().cause()).orElse("")
                : found.cause();
        Gap gap = new Gap(
                id,
                known.map(Gap::kind).orElse(found.kind()),
                found.key(),
                known.map(Gap::here).orElse(found.here()),
                found.there().absent() ? known.map(Gap::there).orElse(found.there()) : found.there(),
                new Gap.Finding(known.map(old -> old.finding().by()).orElse(found.by()), since, cause),
                state,
                how.isEmpty() ? Gap.End.NONE : new Gap.End(how, nowMillis));
        long kept = trail.put(gap);
        if (known.isEmpty()) {
            say(AuditEntry.Event.GAP_FOUND, "gap " + kept + ", " + gap.kind() + " " + gap.key() + ", by " + found.by());
        }
        if (state.closed()) {
            closed(gap.withId(kept));
        }
    }

    /** Moves those gaps on that a condition meets; if nothing is said, what was said last still holds. */
    private void move(Predicate<Gap> which, Gap.State next, String how) {
        if (trail.unclosed() == 0) {
            return;
        }
        List<Gap> page = trail.gaps(true, Long.MAX_VALUE, PAGE);
        while (!page.isEmpty()) {
            for (Gap gap : page) {
                if (which.test(gap)) {
                    Gap moved = gap.moved(next, how.isEmpty() ? gap.end().how() : how, nowMillis);
                    trail.put(moved);
                    if (next.closed()) {
                        closed(moved);
                    }
                }
            }
            page = trail.gaps(true, page.getLast().id(), PAGE);
        }
    }

    /** Closes what one kind of proof had found and finds no longer. */
    public void closeUnless(Set<RecordKey> stillFound, Predicate<Gap> which) {
        move(
                gap -> which.test(gap) && gap.state() == Gap.State.OPEN && !stillFound.contains(gap.key()),
                Gap.State.GONE,
                "The same proof no longer finds it.");
    }

    /** What was wrong with a record was put right. */
    public void repaired(RecordKey key, String how) {
        trail.unclosed(key).ifPresent(gap -> {
            Gap moved = gap.moved(Gap.State.REPAIRED, how, nowMillis);
            trail.put(moved);
            closed(moved);
        });
    }

    /** Both sides were proven equal: what was being repaired is repaired. */
    public void provenEqual() {
        move(gap -> gap.state() == Gap.State.REPAIRING, Gap.State.REPAIRED, "");
    }

    private void closed(Gap gap) {
        say(
                AuditEntry.Event.GAP_CLOSED,
                "gap " + gap.id() + ", " + gap.kind() + " " + gap.key() + ": "
                        + gap.end().how());
    }

    void say(AuditEntry.Event event, String detail) {
        trail.add(AuditEntry.of(event, detail, nowMillis));
    }
}
