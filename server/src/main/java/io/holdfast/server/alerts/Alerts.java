package io.holdfast.server.alerts;

import io.holdfast.server.audit.ErrorCategory;
import io.holdfast.server.audit.Metric;
import io.holdfast.server.audit.Recovery;
import io.holdfast.server.audit.Run;
import io.holdfast.server.audit.RunEvent;
import io.holdfast.server.audit.RunFigures;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunLog;
import io.holdfast.server.audit.RunStatus;
import io.holdfast.server.audit.SqlRunLog;
import io.holdfast.server.settings.AlertSettings;
import io.holdfast.server.settings.LiveSettings;
import io.holdfast.server.settings.SettingsVersion;
import io.holdfast.server.settings.SourceSettings;
import io.holdfast.server.storage.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Finds out what people must know of, notes it, and says it on the log. Thread-safe. */
public final class Alerts {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    /** Runs that are looked at, cancelled and dry ones among them. */
    private static final int EARLIER_RUNS = 3 * AlertRules.USUAL_RUNS;

    private static final Set<RunStatus> COMPLETED = EnumSet.of(RunStatus.SUCCEEDED, RunStatus.PARTIAL);

    private final AlertBook book;
    private final RunLog log;
    private final RunFigures figures;
    private final DeviceConditions devices;
    private final LiveSettings settings;

    /** Judges by the settings that hold what a database says, which stays its owner's to close. */
    public Alerts(Database database, AlertBook book, LiveSettings settings) {
        this(book, new SqlRunLog(database), new RunFigures(database), new DeviceConditions(database), settings);
    }

    private Alerts(AlertBook book, RunLog log, RunFigures figures, DeviceConditions devices, LiveSettings settings) {
        this.book = book;
        this.log = log;
        this.figures = figures;
        this.devices = devices;
        this.settings = settings;
    }

    /** Judges a run that has ended. Doing it again changes nothing. */
    public void ended(RunId id) {
        Optional<Run> ended = log.run(id, Optional.empty()).filter(run -> run.status() != RunStatus.RUNNING);
        if (ended.isEmpty()) {
            return;
        }
        Run run = ended.get();
        List<Run> earlier = log.runsOf(run.start().target(), EARLIER_RUNS).stream()
                .filter(other -> other.id().compareTo(id) < 0)
                .filter(other ->
                        other.status() != RunStatus.RUNNING && !other.start().dryRun())
                .toList();
        RunFacts facts = new RunFacts(run, earlier, errors(id), resynced(id));
        Subject subject = Subject.of(run.start().target());
        AlertRules.judge(facts, settings.now().alerts()).forEach(finding -> note(subject, finding, id.text()));
    }

    private Map<ErrorCategory, Long> errors(RunId id) {
        Map<String, Long> values = figures.of(id);
        Map<ErrorCategory, Long> errors = new EnumMap<>(ErrorCategory.class);
        for (ErrorCategory category : ErrorCategory.values()) {
            Long count = values.get(Metric.errors(category));
            if (count != null) {
                errors.put(category, count);
            }
        }
        return errors;
    }

    private boolean resynced(RunId id) {
        return log.events(id).stream()
                .filter(event -> event.kind() == RunEvent.Kind.RECOVERED)
                .anyMatch(event ->
                        Recovery.Action.RESYNCED.name().equals(event.detail().get("action")));
    }

    /**
     * Looks for what no run says: sources that should run by the clock, and whose last run that came to its end is too long ago;
     * gaps of device sync that nothing repairs; devices that are silent.
     */
    public void watch(InstantSource clock) {
        SettingsVersion version = settings.version();
        watchSources(version, clock.instant());
        AlertSettings thresholds = version.settings().alerts();
        int minutes = thresholds.openGapMinutes();
        lasting(
                AlertType.UNREPAIRED_GAPS,
                minutes == 0 ? List.of() : devices.unrepaired(clock.instant(), Duration.ofMinutes(minutes)));
        int silence = thresholds.deviceSilenceMinutes();
        lasting(
                AlertType.SILENT_DEVICES,
                silence == 0 ? List.of() : devices.silent(clock.instant(), Duration.ofMinutes(silence)));
    }

    private void watchSources(SettingsVersion version, Instant now) {
        Duration silence = Duration.ofMinutes(version.settings().alerts().silenceMinutes());
        for (SourceSettings source : version.settings().sources()) {
            Subject subject = new Subject(source.scope(), source.name());
            Optional<Run> last = log.last(source.scope(), source.name(), COMPLETED);
            Instant since = last.flatMap(Run::endedAt).orElse(version.at());
            boolean silent = source.scheduled()
                    && silence.isPositive()
                    && Duration.between(since, now).compareTo(silence) > 0;
            Finding finding = silent
                    ? new Finding.Holds(
                            AlertType.NO_SYNC,
                            "The source " + source.name() + " has not come to an end since " + since + ".")
                    : new Finding.Over(AlertType.NO_SYNC);
            note(subject, finding, last.map(run -> run.id().text()).orElse("none"));
        }
    }

    /** Tells of what has begun or grown, and that the rest of what was told is over. */
    private void lasting(AlertType type, List<Lasting> conditions) {
        Map<Subject, AlertBook.Told> told = book.told(type);
        for (Lasting condition : conditions) {
            AlertBook.Told before = told.remove(condition.subject());
            if (before == null || condition.mark().compareTo(before.mark()) > 0) {
                raise(condition.subject(), condition.finding(), condition.mark());
            } else if (!condition.finding().message().equals(before.message())) {
                book.reword(condition.subject(), condition.finding());
            }
        }
        told.keySet().forEach(subject -> note(subject, new Finding.Over(type), ""));
    }

    private void note(Subject subject, Finding finding, String run) {
        switch (finding) {
            case Finding.Holds holds -> raise(subject, holds, run);
            case Finding.Over over -> {
                if (book.resolve(subject, over.type())) {
                    LOG.atInfo()
                            .addKeyValue("type", over.type())
                            .addKeyValue("scope", subject.scope())
                            .addKeyValue("subject", subject.name())
                            .log("alert is over");
                }
            }
        }
    }

    private void raise(Subject subject, Finding.Holds finding, String run) {
        Alert before = book.raise(subject, finding, run, settings.now().mail().enabled());
        LOG.atLevel(level(finding.type().severity()))
                .addKeyValue("alert", before.id())
                .addKeyValue("type", finding.type())
                .addKeyValue("severity", finding.type().severity())
                .addKeyValue("scope", subject.scope())
                .addKeyValue("subject", subject.name())
                .addKeyValue("run", before.run())
                .addKeyValue("occurrences", before.occurrences())
                .log("alert: " + finding.message());
    }

    private static Level level(Severity severity) {
        return switch (severity) {
            case INFO -> Level.INFO;
            case WARNING -> Level.WARN;
            case CRITICAL -> Level.ERROR;
        };
    }
}
