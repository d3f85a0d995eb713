package io.holdfast.server.run;

import io.holdfast.server.audit.RunJournal;
import io.holdfast.server.run.system.ThisProcess;
import io.holdfast.server.run.write.Pause;
import io.holdfast.server.system.Machine;
import java.nio.file.Path;

/**
 * What runs work with, beside their source and their target.
 *
 * @param machine time and chance
 * @param pause waits before something is tried again
 * @param folder for temporary files
 */
public record RunTools(RunJournal journal, Machine machine, Pause pause, Path folder) {

    /** Those of this machine. */
    public static RunTools real(RunJournal journal) {
        return new RunTools(
                journal, Machine.real(), ThisProcess.pause(), Path.of(System.getProperty("java.io.tmpdir")));
    }
}
