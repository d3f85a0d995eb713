package io.holdfast.server.run;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.schema.Violation;
import io.holdfast.core.value.Value;
import io.holdfast.server.audit.ErrorCategory;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.RecordFate;
import io.holdfast.server.audit.Verification;
import io.holdfast.server.run.compare.Comparison;
import io.holdfast.server.run.compare.Entry;
import io.holdfast.server.run.write.Plan;
import io.holdfast.server.run.write.Planned;
import io.holdfast.sources.mapping.DeletionPolicy;
import io.holdfast.sources.mapping.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What one verification has found, of one reading of the source and one consistent state of the target. Not thread-safe. */
final class Findings implements AutoCloseable {

    /** So many records are named in the journal; the rest is counted. */
    static final int NAMED_MAX = 10_000;

    private static final int PAGE = 1_000;

    private static final SortedMap<String, Value> NOTHING = Collections.emptySortedMap();

    private final Side side;
    private final Mapping mapping;
    private final Plan toWrite;
    private final Map<String, Long> fields = new TreeMap<>();
    private final List<Dangling> dangling = new ArrayList<>();
    private long danglingCount;
    private long kept;
    private Comparison.Outcome counts = new Comparison.Outcome(0, 0, 0);
    private Deletions deletions = new Deletions(false, Optional.empty());

    /** A record whose reference names no record. */
    private record Dangling(String id, String field, String value, String named) {}

    private Findings(Side side, Mapping mapping, Path folder) {
        this.side = side;
        this.mapping = mapping;
        this.toWrite = new Plan(side.digester().fields(), folder);
    }

    /** Compares and looks. */
    static Findings of(SourcePass.Reading reading, Side side, Mapping mapping, Path folder) {
        Findings findings = new Findings(side, mapping, folder);
        try (Plan found = new Plan(side.digester().fields(), folder)) {
            return side.storage().snapshot(side.target().scope(), snapshot -> {
                findings.counts =
                        Comparison.of(reading.image(), snapshot, side.target().collection(), found);
                findings.judge(found, snapshot);
                findings.references(snapshot);
                findings.deletions = Deletions.of(
                        mapping.deletions(),
                        findings.surplus(),
                        findings.counts.sourceCount() - findings.gaps(),
                        reading.counts().unfit());
                return findings;
            });
        } catch (RuntimeException failed) {
            findings.close();
            throw failed;
        }
    }

    private void judge(Plan found, ScopeSnapshot snapshot) {
        Plan.Batches batches = found.batches();
        for (List<Planned> page = batches.next(PAGE); !page.isEmpty(); page = batches.next(PAGE)) {
            Map<String, SortedMap<String, Value>> held = snapshot.contents(
                    side.target().collection(),
                    page.stream()
                            .filter(one -> one.kind() == Planned.Kind.UPDATE)
                            .map(one -> one.entry().id())
                            .toList());
            page.forEach(one -> judge(one, held.getOrDefault(one.entry().id(), NOTHING)));
        }
    }

    private void judge(Planned one, SortedMap<String, Value> held) {
        if (one.kind() == Planned.Kind.UPDATE) {
            Function<String, Value> now = field -> held.getOrDefault(field, Value.NULL);
            if (side.decision().newer(now, one.entry().values())) {
                kept++;
                return;
            }
            one.entry().values().forEach((field, value) -> {
                if (!value.equals(now.apply(field))) {
                    fields.merge(field, 1L, Long::sum);
                }
            });
        }
        toWrite.add(one);
    }

    private void references(ScopeSnapshot snapshot) {
        mapping.references().forEach((field, named) -> {
            String after = "";
            List<String> page;
            do {
                page = snapshot.dangling(side.target().collection(), field, named, after, PAGE);
                danglingCount += page.size();
                name(page.subList(0, Math.min(page.size(), NAMED_MAX - dangling.size())), field, named, snapshot);
                after = page.isEmpty() ? after : page.getLast();
            } while (page.size() == PAGE);
        });
    }

    private void name(List<String> ids, String field, String named, ScopeSnapshot snapshot) {
        boolean hidden = mapping.fields().stream()
                .anyMatch(one ->
                        one.name().equals(field) && one.field().sensitivity().wipedOnDelete());
        Map<String, SortedMap<String, Value>> held =
                hidden ? Map.of() : snapshot.contents(side.target().collection(), ids);
        for (String id : ids) {
            Value value = held.getOrDefault(id, NOTHING).getOrDefault(field, Value.NULL);
            String shown = value instanceof Value.Text text ? Violation.shortened(text.text()) : Violation.HIDDEN;
            dangling.add(new Dangling(id, field, shown, named));
        }
    }

    private long gaps() {
        return toWrite.count(Planned.Kind.CREATE);
    }

    private long surplus() {
        return toWrite.count(Planned.Kind.DELETE);
    }

    private long mismatches() {
        return toWrite.count(Planned.Kind.UPDATE);
    }

    /** In figures. */
    Verification verification() {
        boolean stays = mapping.deletions() == DeletionPolicy.IGNORE;
        return new Verification(
                gaps() == 0 && mismatches() == 0 && (surplus() == 0 || stays),
                counts.sourceCount(),
                counts.targetCount(),
                gaps(),
                surplus(),
                mismatches(),
                fields);
    }

    /** How many records were compared. */
    long compared() {
        return Math.max(counts.sourceCount(), counts.targetCount());
    }

    /** Records whose values in the target are later than the source's. */
    long kept() {
        return kept;
    }

    /** Records whose reference names no record. */
    long dangling() {
        return danglingCount;
    }

    /** What is missing or different, and what is there too much. */
    Plan toWrite() {
        return toWrite;
    }

    /** Whether what is there too much shall go. */
    boolean deletes() {
        return deletions.allowed();
    }

    /** Whether writing again can change anything. */
    boolean mendable() {
        return gaps() + mismatches() > 0 || (deletes() && surplus() > 0);
    }

    /** Writes all of it into the journal. */
    void tell(Scribe scribe) {
        Plan.Batches batches = toWrite.batches();
        int named = 0;
        for (List<Planned> page = batches.next(PAGE); !page.isEmpty() && named < NAMED_MAX; page = batches.next(PAGE)) {
            named += page.size();
            page.forEach(one -> scribe.fate(found(one)));
        }
        for (Dangling one : dangling) {
            scribe.error(
                    0,
                    one.id(),
                    ErrorCode.RECORD_UNKNOWN.name(),
                    "Its " + one.field() + " " + one.value() + " names no record of " + one.named() + ".",
                    ErrorCategory.INTEGRITY);
        }
    }

    private static RecordFate found(Planned one) {
        Fate fate = switch (one.kind()) {
            case CREATE -> Fate.GAP;
            case UPDATE -> Fate.MISMATCH;
            case DELETE -> Fate.SURPLUS;
        };
        Entry entry = one.entry();
        return RecordFate.of(entry.row(), entry.key(), fate);
    }

    @Override
    public void close() {
        toWrite.close();
    }
}
