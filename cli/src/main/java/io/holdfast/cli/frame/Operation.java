package io.holdfast.cli.frame;

import java.util.concurrent.Callable;

/** One command's work. A failure is thrown as {@code HoldfastException}; {@link Failures} prints it. */
public interface Operation extends Callable<Integer> {

    /** Does the work and says how it ended. */
    ExitCode run() throws Exception;

    /** For picocli, which wants a number. */
    @Override
    default Integer call() throws Exception {
        return run().number();
    }
}
