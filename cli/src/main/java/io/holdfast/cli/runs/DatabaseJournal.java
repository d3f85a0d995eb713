package io.holdfast.cli.runs;

import io.holdfast.cli.system.Host;
import io.holdfast.server.alerts.AlertBook;
import io.holdfast.server.alerts.Alerts;
import io.holdfast.server.alerts.WatchedJournal;
import io.holdfast.server.audit.RunJournal;
import io.holdfast.server.audit.SqlRunJournal;
import io.holdfast.server.run.LostRuns;
import io.holdfast.server.run.system.ThisProcess;
import io.holdfast.server.settings.LiveSettings;
import io.holdfast.server.settings.SqlSettings;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.system.Machine;
import java.util.List;

/** The journal of a database, whether or not a server runs on it. Stateless. */
public final class DatabaseJournal {

    private DatabaseJournal() {}

    /** The journal that judges alerts after each run. They are noted; a server on the same database mails them. */
    public static RunJournal of(Database opened, Host host) {
        SqlSettings versions = new SqlSettings(opened, host.clock());
        LiveSettings settings =
                new LiveSettings(opened, versions, Machine.real().ticker());
        AlertBook book = new AlertBook(opened, new AlertBook.AlertIds(host.clock(), host.random()));
        Alerts alerts = new Alerts(opened, book, settings);
        return new WatchedJournal(new SqlRunJournal(opened, host.clock()), List.of(alerts::ended));
    }

    /** Runs whose process is gone are not shown as if they ran: they end here, if no server has ended them. */
    static void endLost(Database opened, Host host) {
        new LostRuns(opened, host.clock(), ThisProcess.holder(), of(opened, host)).end();
    }
}
