package io.holdfast.server.alerts;

import io.holdfast.server.alerts.Finding.Holds;
import io.holdfast.server.alerts.Finding.Over;
import io.holdfast.server.audit.ErrorCategory;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.Verification;
import io.holdfast.server.settings.AlertSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which conditions hold after a run. Pure: the same facts and settings give the same findings. */
public final class AlertRules {

    /** How many runs say what is usual. */
    public static final int USUAL_RUNS = 20;

    /** From how many runs on something is usual. */
    static final int USUAL_RUNS_MIN = 5;

    /** Shorter runs vary more by chance than by anything that people should know of. */
    static final Duration TIME_MIN = Duration.ofSeconds(1);

    private static final int PERCENT = 100;

    private AlertRules() {}

    /** The conditions that hold, and those that are over. Of a condition that a run says nothing about there is no finding. */
    public static List<Finding> judge(RunFacts facts, AlertSettings settings) {
        List<Finding> findings = new ArrayList<>();
        if (facts.run().start().dryRun()) {
            return findings;
        }
        failures(facts, settings).ifPresent(findings::add);
        facts.run().verification().ifPresent(verification -> {
            findings.add(gaps(verification, settings));
            resync(facts, verification).ifPresent(findings::add);
        });
        integrity(facts, settings).ifPresent(findings::add);
        degradation(facts, settings).ifPresent(findings::add);
        return findings;
    }

    private static boolean completed(Run run) {
        return run.status() == RunStatus.SUCCEEDED || run.status() == RunStatus.PARTIAL;
    }

    private static Optional<Finding> failures(RunFacts facts, AlertSettings settings) {
        if (completed(facts.run())) {
            return Optional.of(new Over(AlertType.CONSECUTIVE_FAILURES));
        }
        if (!facts.run().status().failure()) {
            return Optional.empty();
        }
        // A run that somebody cancelled says neither that runs fail nor that they do not.
        long failures = 1
                + facts.earlier().stream()
                        .filter(run -> run.status() != RunStatus.CANCELLED)
                        .takeWhile(run -> run.status().failure())
                        .count();
        int threshold = settings.consecutiveFailures();
        return threshold == 0 || failures < threshold
                ? Optional.empty()
                : Optional.of(new Holds(
                        AlertType.CONSECUTIVE_FAILURES,
                        (failures == 1 ? "The last run" : "The last " + failures + " runs")
                                + " failed; see the errors of run "
                                + facts.run().id() + "."));
    }

    private static Finding gaps(Verification verification, AlertSettings settings) {
        long all = verification.gaps() + verification.mismatches();
        return settings.gaps() == 0 || all < settings.gaps()
                ? new Over(AlertType.GAPS)
                : new Holds(
                        AlertType.GAPS,
                        "Verification found " + verification.gaps() + " records missing and "
                                + verification.mismatches() + " different.");
    }

    /** A run that found a difference and did not try to mend it says nothing of whether mending helps. */
    private static Optional<Finding> resync(RunFacts facts, Verification verification) {
        if (verification.equal()) {
            return Optional.of(new Over(AlertType.RESYNC_FAILED));
        }
        return facts.resynced()
                ? Optional.of(new Holds(
                        AlertType.RESYNC_FAILED,
                        "Writing again what verification had found did not help: " + verification.gaps()
                                + " records are still missing, " + verification.mismatches() + " different, "
                                + verification.surplus() + " surplus."))
                : Optional.empty();
    }

    private static Optional<Finding> integrity(RunFacts facts, AlertSettings settings) {
        long issues = facts.errors().getOrDefault(ErrorCategory.VALIDATION, 0L)
                + facts.errors().getOrDefault(ErrorCategory.INTEGRITY, 0L);
        if (settings.integrityIssues() > 0 && issues >= settings.integrityIssues()) {
            return Optional.of(new Holds(
                    AlertType.INTEGRITY,
                    "The source has " + issues
                            + " invalid values or references; correct them there, see the errors of run "
                            + facts.run().id() + "."));
        }
        // A run that broke off has not seen all records.
        return completed(facts.run()) ? Optional.of(new Over(AlertType.INTEGRITY)) : Optional.empty();
    }

    /**
     * The time for a record against the median of the runs before: a sheet that grows is no degradation, and one slow run among
     * the earlier ones does not hide the next.
     */
    private static Optional<Finding> degradation(RunFacts facts, AlertSettings settings) {
        if (!comparable(facts.run())) {
            return Optional.empty();
        }
        double[] usual = facts.earlier().stream()
                .filter(AlertRules::comparable)
                .limit(USUAL_RUNS)
                .mapToDouble(AlertRules::microsPerRecord)
                .sorted()
                .toArray();
        if (usual.length < USUAL_RUNS_MIN) {
            return Optional.empty();
        }
        double median = (usual[(usual.length - 1) / 2] + usual[usual.length / 2]) / 2;
        double now = microsPerRecord(facts.run());
        boolean slow = settings.degradationPercent() > 0
                && facts.run().took().compareTo(TIME_MIN) >= 0
                && now * PERCENT > median * (PERCENT + settings.degradationPercent());
        return Optional.of(
                slow
                        ? new Holds(
                                AlertType.DEGRADATION,
                                "The run took " + Math.round(now) + " µs for each record; the median of the last "
                                        + usual.length + " runs is " + Math.round(median) + " µs.")
                        : new Over(AlertType.DEGRADATION));
    }

    private static boolean comparable(Run run) {
        return completed(run) && !run.start().dryRun() && run.counts().records() > 0;
    }

    private static double microsPerRecord(Run run) {
        return run.took().toNanos() / 1_000.0 / run.counts().records();
    }
}
