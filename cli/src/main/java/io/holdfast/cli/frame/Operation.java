package io.holdfast.cli.frame;

import java.util.concurrent.Callable;

/** One command's work. A failure is thrown as {@code HoldfastException}; {@link Failures} prints it. */
public interface Operation extends Callable<Integer> {

    /** Does the work and says how it ended. */
    ExitCode run() throws Exception;

    /** For picocli, which wants a number, and lets errors through to the virtual machine, which prints a stack trace. */
    @Override
    default Integer call() throws Exception {
        try {
            return run().number();
        } catch (Error error) {
            throw new Broken(error);
        }
    }

    /** An error of the virtual machine ended the work. */
    final class Broken extends Exception {

        private static final long serialVersionUID = 1L;

        private final Error error;

        Broken(Error error) {
            super(error);
            this.error = error;
        }

        Error error() {
            return error;
        }
    }
}
