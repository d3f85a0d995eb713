package io.holdfast.cli.system;

import java.util.concurrent.CountDownLatch;

/** The signals that end a command which runs until it is told to stop. */
public final class Signals {

    private Signals() {}

    /**
     * Waits for SIGINT or SIGTERM, and closes what was open before the process ends. The process's exit status is then the
     * signal's, 130 or 143, as shells and service managers expect.
     *
     * @param closing runs once, on another thread
     * @throws InterruptedException if the waiting thread is interrupted; nothing is closed then
     */
    public static void await(Runnable closing) throws InterruptedException {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("holdfast-stop").unstarted(closing));
        new CountDownLatch(1).await();
    }

    /** Something to do before a signal ends the process, unless it is closed before. */
    public interface Watch extends AutoCloseable {
        /** The signal may end the process at once again. */
        @Override
        void close();
    }

    /**
     * Lets a command end its work in order: SIGINT or SIGTERM end the process only after the ending has run, on another
     * thread.
     */
    public static Watch beforeStop(Runnable ending) {
        Thread hook = Thread.ofPlatform().name("holdfast-stop").unstarted(ending);
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException stopping) {
                // The signal has come: the hook runs, and ends by itself.
            }
        };
    }
}
