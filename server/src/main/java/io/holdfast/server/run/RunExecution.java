package io.holdfast.server.run;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.value.Sha256;
import io.holdfast.server.audit.ErrorCategory;
import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.Progress;
import io.holdfast.server.audit.RecordFate;
import io.holdfast.server.audit.Recovery;
import io.holdfast.server.audit.Verification;
import io.holdfast.server.run.compare.Comparison;
import io.holdfast.server.run.compare.Entry;
import io.holdfast.server.run.compare.SourceImage;
import io.holdfast.server.run.lease.RunStop;
import io.holdfast.server.run.write.Attempts;
import io.holdfast.server.run.write.BatchWriter;
import io.holdfast.server.run.write.Plan;
import io.holdfast.server.run.write.Planned;
import io.holdfast.sources.mapping.RowCounts;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The phases of one run, one after the other, in one thread. */
final class RunExecution {

    /** Raised whenever the same bytes under the same mapping come to other records than before. */
    private static final long READING_FORM = 1;

    /** So many records are written in one transaction. */
    static final int BATCH_RECORDS = 1_000;

    private final RunTools tools;
    private final RunRequest request;
    private final Side side;
    private final RunStop stop;
    private final Scribe scribe;
    private final boolean recovers;
    private final Attempts attempts;
    private final Tally tally = new Tally();
    private final Set<String> refused = new HashSet<>();
    private final Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    private RowCounts counts = RowCounts.NONE;
    private boolean remembered;
    private boolean wrote;
    private Optional<Verification> verification = Optional.empty();

    RunExecution(RunTools tools, RunRequest request, Side side, RunStop stop, Scribe scribe) {
        this.tools = tools;
        this.request = request;
        this.side = side;
        this.stop = stop;
        this.scribe = scribe;
        this.recovers = tools.recovers().getAsBoolean();
        this.attempts =
                new Attempts(Attempts.FIRST_PAUSE, recovers ? Attempts.REPETITIONS : 0, tools.pause(), this::again);
    }

    private void again(HoldfastException failure, int attempt) {
        stop.check();
        scribe.error(failure, attempt);
        boolean database = ErrorCategory.of(failure.code()) == ErrorCategory.DATABASE;
        scribe.recovery(
                database ? Recovery.Action.RECONNECTED : Recovery.Action.RETRIED,
                attempt,
                failure.getMessage() + " Tried again.");
    }

    /**
     * Runs to the end.
     *
     * @throws HoldfastException what it broke off on; what was written before stands
     */
    void run() {
        if (request.mode() != RunMode.VERIFY) {
            try (SourcePass.Reading reading = timed(
                    Phase.FETCH, this::fetchOrRemember, one -> one.counts().records())) {
                counts = reading.counts();
                reading.remarks().tell(scribe, tally);
                bringOver(reading);
            }
        }
        Findings findings = timed(Phase.VERIFY, () -> verify(true), Findings::compared);
        try (findings) {
            conclude(findings);
        }
    }

    private void bringOver(SourcePass.Reading reading) {
        try (Plan plan = timed(
                Phase.COMPARE, () -> compare(reading), one -> reading.image().count())) {
            timed(
                    Phase.UPDATE,
                    () -> {
                        update(plan, deletable(plan, reading));
                        return true;
                    },
                    done -> plan.count());
        }
    }

    /** A file that did not change by a byte since its last verified reading has the sums that it had then. */
    private SourcePass.Reading fetchOrRemember() {
        Optional<Readings.Known> known =
                fingerprint().flatMap(print -> attempts.of(() -> side.readings().find(side.target(), print)));
        remembered = known.isPresent();
        return known.map(this::remembered).orElseGet(this::fetch);
    }

    private SourcePass.Reading remembered(Readings.Known known) {
        SourceImage image =
                SourceImage.remembered(side.digester(), tools.folder(), known.sums(), () -> fetch().image());
        return new SourcePass.Reading(image, new Remarks(tools.folder()), known.counts());
    }

    /** Of the bytes, how they become records, and how these are digested. */
    private Optional<String> fingerprint() {
        return request.source()
                .fingerprint()
                .map(bytes -> new Sha256()
                        .number(READING_FORM)
                        .text(bytes)
                        .text(request.source().mapping().toString())
                        .bytes(side.digester().salt())
                        .hex());
    }

    private SourcePass.Reading fetch() {
        return attempts.of(() -> new SourcePass(
                        request.source(),
                        side.digester(),
                        stop,
                        tools.folder(),
                        read -> scribe.progress(read, Progress.UNKNOWN))
                .read());
    }

    private Plan compare(SourcePass.Reading reading) {
        return attempts.of(() -> {
            stop.check();
            Plan plan = new Plan(side.digester().fields(), tools.folder());
            try {
                Comparison.Outcome outcome = side.storage()
                        .snapshot(
                                side.target().scope(),
                                snapshot -> Comparison.of(
                                        reading.image(), snapshot, side.target().collection(), plan));
                tally.count(Fate.UNCHANGED, outcome.unchanged());
                scribe.unchanged(outcome.unchanged());
                return plan;
            } catch (RuntimeException failed) {
                plan.close();
                throw failed;
            }
        });
    }

    private boolean deletable(Plan plan, SourcePass.Reading reading) {
        Deletions deletions = Deletions.of(
                request.source().mapping().deletions(),
                plan.count(Planned.Kind.DELETE),
                reading.image().count() - plan.count(Planned.Kind.CREATE),
                reading.counts().unfit());
        deletions.withheld().ifPresent(failure -> scribe.error(failure, 1));
        return deletions.allowed();
    }

    private void update(Plan plan, boolean deletes) {
        wrote |= plan.count() > 0;
        if (!request.mode().writes()) {
            tally.count(Fate.CREATED, plan.count(Planned.Kind.CREATE));
            tally.count(Fate.UPDATED, plan.count(Planned.Kind.UPDATE));
            tally.count(Fate.DELETED, deletes ? plan.count(Planned.Kind.DELETE) : 0);
            return;
        }
        BatchWriter writer = new BatchWriter(
                side.server(), side.target().scope(), Side.PRINCIPAL, side.decision(), attempts, new Written());
        Plan.Batches batches = plan.batches();
        long done = 0;
        for (List<Planned> batch = batches.next(BATCH_RECORDS); !batch.isEmpty(); batch = batches.next(BATCH_RECORDS)) {
            stop.check();
            writer.write(batch.stream()
                    .filter(one -> deletes || one.kind() != Planned.Kind.DELETE)
                    .toList());
            done += batch.size();
            scribe.progress(done, plan.count());
        }
    }

    /** Writes down what comes of records. */
    private final class Written implements BatchWriter.Results {

        @Override
        public void done(Planned planned, Fate fate) {
            if (refused.remove(planned.entry().id())) {
                tally.refusedNoMore();
            }
            tally.count(fate, 1);
            scribe.fate(RecordFate.of(planned.entry().row(), planned.entry().key(), fate));
        }

        @Override
        public void stale(Planned planned) {
            scribe.error(
                    planned.entry().row(),
                    planned.entry().key(),
                    ErrorCode.RULE_REFUSED.name(),
                    "The record changed in the target since it was compared; nothing was written over it.",
                    ErrorCategory.CONFLICT);
        }

        @Override
        public void refused(Planned planned, HoldfastException failure) {
            Entry entry = planned.entry();
            if (refused.add(entry.id())) {
                tally.refused();
                scribe.failed(
                        entry.row(),
                        entry.key(),
                        failure.code().name(),
                        String.valueOf(failure.getMessage()),
                        ErrorCategory.DATABASE);
                scribe.recovery(Recovery.Action.SKIPPED, 1, "Left out " + entry.key() + ", so that the others go on.");
            }
        }

        @Override
        public void halved(int size, HoldfastException failure) {
            scribe.recovery(
                    Recovery.Action.BISECTED, 1, "Halved a batch of " + size + " records: " + failure.getMessage());
        }
    }

    /** Nothing of a reading is believed after something was written: the source is taken apart again. */
    private Findings verify(boolean first) {
        boolean known = remembered && !wrote;
        Optional<String> before = known ? Optional.empty() : fingerprint();
        try (SourcePass.Reading reading = known ? fetchOrRemember() : fetch()) {
            if (request.mode() == RunMode.VERIFY && first) {
                counts = reading.counts();
                reading.remarks().tell(scribe, tally);
            }
            Findings findings = attempts.of(() -> {
                stop.check();
                return Findings.of(reading, side, request.source().mapping(), tools.folder());
            });
            scribe.verified(findings.verification());
            boolean whole = reading.counts().unfit() == 0 && reading.counts().clashes() == 0;
            if (!reading.image().isRemembered()
                    && whole
                    && findings.verification().equal()) {
                before.filter(print -> fingerprint().filter(print::equals).isPresent())
                        .ifPresent(print -> remember(print, reading));
            }
            return findings;
        }
    }

    private void remember(String print, SourcePass.Reading reading) {
        Readings.Known known =
                new Readings.Known(print, reading.counts(), reading.image().sums());
        attempts.of(() -> {
            side.readings().remember(side.target(), known);
            return true;
        });
    }

    /** Writes again, once, what verification found missing, if it may; then tells what is left. */
    private void conclude(Findings findings) {
        if (!recovers || !request.mode().writes() || !findings.mendable()) {
            settle(findings);
            return;
        }
        scribe.recovery(
                Recovery.Action.RESYNCED,
                1,
                "Verification found " + findings.toWrite().count() + " records otherwise than in the source; they are"
                        + " written again.");
        timed(
                Phase.UPDATE,
                () -> {
                    update(findings.toWrite(), findings.deletes());
                    return true;
                },
                done -> findings.toWrite().count());
        try (Findings again = timed(Phase.VERIFY, () -> verify(false), Findings::compared)) {
            settle(again);
        }
    }

    private void settle(Findings findings) {
        findings.tell(scribe);
        tally.count(Fate.KEPT, findings.kept() - tally.of(Fate.KEPT));
        tally.dangling(findings.dangling());
        verification = Optional.of(findings.verification());
    }

    private <T> T timed(Phase phase, Supplier<T> work, ToLongFunction<T> records) {
        scribe.enter(phase);
        long began = tools.machine().ticker().read();
        T result = work.get();
        Duration took = Duration.ofNanos(tools.machine().ticker().read() - began);
        phases.merge(phase, took, Duration::plus);
        scribe.leave(took, records.applyAsLong(result));
        return result;
    }

    RowCounts counts() {
        return counts;
    }

    Map<Phase, Duration> phases() {
        return phases;
    }

    Tally tally() {
        return tally;
    }

    Optional<Verification> verification() {
        return verification;
    }
}
