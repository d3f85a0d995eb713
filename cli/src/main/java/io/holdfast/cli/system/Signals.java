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
}
