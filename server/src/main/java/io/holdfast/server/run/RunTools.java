package io.holdfast.server.run;

import io.holdfast.server.audit.RunJournal;
import io.holdfast.server.run.system.ThisProcess;
import io.holdfast.server.run.write.Pause;
import io.holdfast.server.system.Machine;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * What runs work with, beside their source and their target.
 *
 * @param machine time and chance
 * @param pause waits before something is tried again
 * @param folder for temporary files
 * @param recovers asked when a run begins: whether it tries again by itself what failed for a reason that passes, and writes again
 *     what its verification finds missing; what it finds it tells in either case. May throw as a database does
 */
public record RunTools(RunJournal journal, Machine machine, Pause pause, Path folder, BooleanSupplier recovers) {

    /** Of runs that always recover. */
    public RunTools(RunJournal journal, Machine machine, Pause pause, Path folder) {
        this(journal, machine, pause, folder, () -> true);
    }

    /** Those of this machine. */
    public static RunTools real(RunJournal journal) {
        return new RunTools(
                journal, Machine.real(), ThisProcess.pause(), Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** The same for runs that recover if this says so when they begin. */
    public RunTools recoveringIf(BooleanSupplier recovery) {
        return new RunTools(journal, machine, pause, folder, recovery);
    }
}
