package io.holdfast.cli.system;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** What a thread has used of a processor, which other programs on the machine do not change. */
public final class ProcessorTime {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private ProcessorTime() {}

    /** Of the calling thread, since it began; zero where the machine cannot tell. */
    public static Duration ofThisThread() {
        return THREADS.isCurrentThreadCpuTimeSupported()
                ? Duration.ofNanos(Math.max(0, THREADS.getCurrentThreadCpuTime()))
                : Duration.ZERO;
    }
}
