package io.holdfast.cli.runs;

import io.holdfast.cli.system.Host;
import io.holdfast.server.audit.RunJournal;
import io.holdfast.server.run.RunListener;
import io.holdfast.server.run.RunTools;
import io.holdfast.server.run.Runs;
import io.holdfast.server.run.system.ThisProcess;
import io.holdfast.server.settings.LiveSettings;
import io.holdfast.server.settings.SqlSettings;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.system.Machine;

/** Runs in this process, on a database with or without a server. Stateless. */
public final class DatabaseRuns {

    private DatabaseRuns() {}

    /** Runs that obey the database's settings and stand in its journal. */
    public static Runs of(Database opened, Host host) {
        Machine machine = new Machine(host.clock(), Machine.real().ticker(), host.random());
        LiveSettings settings = new LiveSettings(opened, new SqlSettings(opened, host.clock()), machine.ticker());
        RunJournal journal = DatabaseJournal.of(opened, host);
        RunTools real = RunTools.real(journal);
        RunTools tools = new RunTools(journal, machine, real.pause(), real.folder())
                .recoveringIf(() -> settings.now().recovery().enabled());
        return new Runs(opened, ThisProcess.holder(), tools, RunListener.NONE);
    }
}
