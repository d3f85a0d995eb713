package io.holdfast.server.operations;

import io.holdfast.server.alerts.AlertBook;
import io.holdfast.server.alerts.Alerts;
import io.holdfast.server.alerts.WatchedJournal;
import io.holdfast.server.alerts.mail.MailTransport;
import io.holdfast.server.alerts.mail.Mailing;
import io.holdfast.server.archive.Archive;
import io.holdfast.server.audit.EventLog;
import io.holdfast.server.audit.RunFigures;
import io.holdfast.server.audit.RunJournal;
import io.holdfast.server.audit.RunLog;
import io.holdfast.server.audit.SqlRunJournal;
import io.holdfast.server.audit.SqlRunLog;
import io.holdfast.server.audit.TimedId;
import io.holdfast.server.dashboard.Dashboards;
import io.holdfast.server.schedule.Jobs;
import io.holdfast.server.settings.LiveSettings;
import io.holdfast.server.settings.SqlSettings;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.system.Machine;
import java.util.List;

/**
 * The services of operators, over one database. Thread-safe.
 *
 * @param journal that runs write; alerts are judged after the last entry of each
 */
public record Operations(
        RunJournal journal,
        RunLog log,
        RunFigures figures,
        EventLog events,
        AlertBook alerts,
        Alerts alarm,
        Mailing mailing,
        SqlSettings versions,
        LiveSettings settings,
        Dashboards dashboards,
        Jobs jobs,
        Archive archive,
        Machine machine) {

    /** All services of a database, which stays its owner's to close. */
    public static Operations of(Database database, Machine machine, MailTransport transport, Archive archive) {
        SqlSettings versions = new SqlSettings(database, machine.clock());
        LiveSettings settings = new LiveSettings(database, versions, machine.ticker());
        RunLog log = new SqlRunLog(database);
        RunFigures figures = new RunFigures(database);
        AlertBook book = new AlertBook(database, new AlertBook.AlertIds(machine.clock(), machine.random()));
        Alerts alarm = new Alerts(database, book, settings);
        Jobs jobs = new Jobs(database, machine.clock(), TimedId.next(machine.clock(), machine.random()));
        return new Operations(
                new WatchedJournal(new SqlRunJournal(database, machine.clock()), List.of(alarm::ended)),
                log,
                figures,
                new EventLog(database),
                book,
                alarm,
                new Mailing(book, jobs, settings, transport, machine.clock()),
                versions,
                settings,
                new Dashboards(database),
                jobs,
                archive,
                machine);
    }
}
