package io.holdfast.server.alerts.mail;

import io.holdfast.server.alerts.Alert;
import io.holdfast.server.alerts.AlertBook;
import io.holdfast.server.alerts.AlertType;
import io.holdfast.server.schedule.Job;
import io.holdfast.server.schedule.Jobs;
import io.holdfast.server.settings.LiveSettings;
import io.holdfast.server.settings.MailSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails the alerts that wait: of each type at most one mail in an hour, whichever process sends it, with everything that was found
 * meanwhile. Thread-safe.
 *
 * <p>The hour is written down before the mail is sent, so that a process that is killed while it sends has used it up; only a mail
 * server that says that it has not taken the mail gives it back, and is asked again after a pause that doubles. No run ever
 * waits for a mail.
 */
public final class Mailing {

    /** Between two mails of one type. */
    public static final Duration PAUSE = Duration.ofHours(1);

    /** After the first failure. */
    static final Duration RETRY_FIRST = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Mailing.class);
    private static final Duration CLAIM = Duration.ofMinutes(2);
    private static final int ALERTS_MAX = 50;
    private static final int DOUBLINGS_MAX = 6;

    private final AlertBook book;
    private final Jobs jobs;
    private final LiveSettings settings;
    private final MailTransport transport;
    private final InstantSource clock;

    /** Mails what the book has by a transport. */
    public Mailing(AlertBook book, Jobs jobs, LiveSettings settings, MailTransport transport, InstantSource clock) {
        this.book = book;
        this.jobs = jobs;
        this.settings = settings;
        this.transport = transport;
        this.clock = clock;
    }

    /** Mails what waits and may go now. */
    public void step() {
        MailSettings mail = settings.now().mail();
        if (mail.enabled()) {
            book.waitingTypes().forEach(type -> step(type, mail));
        }
    }

    private void step(AlertType type, MailSettings mail) {
        Job job = jobs.look("mail:" + type);
        if (!jobs.claim(job, CLAIM)) {
            return;
        }
        Instant now = clock.instant();
        List<Alert> alerts = book.waiting(type, ALERTS_MAX);
        if (alerts.isEmpty()) {
            // Another process was faster, and its hour runs already, or somebody has taken them on.
            jobs.failed(job.name(), job.dueAt());
            return;
        }
        jobs.postpone(job.name(), now.plus(PAUSE));
        Optional<String> failure = transport.send(AlertMail.of(type, alerts), mail);
        if (failure.isEmpty()) {
            book.mailed(alerts);
            jobs.done(job.name(), now.plus(PAUSE));
            LOG.atInfo()
                    .addKeyValue("type", type)
                    .addKeyValue("alerts", alerts.size())
                    .log("alerts mailed");
            return;
        }
        Duration pause = RETRY_FIRST.multipliedBy(1L << Math.min(job.failures(), DOUBLINGS_MAX));
        jobs.failed(job.name(), now.plus(pause.compareTo(PAUSE) > 0 ? PAUSE : pause));
        LOG.atWarn()
                .addKeyValue("type", type)
                .addKeyValue("retryMinutes", pause.toMinutes())
                .log("mail waits: " + failure.get());
    }
}
