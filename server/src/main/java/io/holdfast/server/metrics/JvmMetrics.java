package io.holdfast.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The basics of the virtual machine, each read only when somebody looks. Micrometer's own binders start the management
 * extensions at once, which costs the server a third of its starting time.
 */
final class JvmMetrics {

    private static final double MILLIS_PER_SECOND = 1_000;

    private JvmMetrics() {}

    static void bindTo(MeterRegistry registry) {
        memory(registry, "heap", () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage());
        memory(registry, "nonheap", () -> ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage());
        counter(
                registry,
                "jvm.gc.collections",
                "Garbage collections",
                () -> sum(GarbageCollectorMXBean::getCollectionCount));
        counter(
                registry,
                "jvm.gc.seconds",
                "Seconds spent on garbage collection",
                () -> sum(GarbageCollectorMXBean::getCollectionTime) / MILLIS_PER_SECOND);
        gauge(
                registry,
                "jvm.threads.live",
                "Platform threads",
                () -> ManagementFactory.getThreadMXBean().getThreadCount());
        gauge(
                registry,
                "system.load.average.1m",
                "Load of the machine over the last minute",
                () -> ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        gauge(
                registry,
                "process.uptime.seconds",
                "Seconds since the process started",
                () -> ManagementFactory.getRuntimeMXBean().getUptime() / MILLIS_PER_SECOND);
    }

    private static void memory(MeterRegistry registry, String area, Supplier<MemoryUsage> usage) {
        Gauge.builder("jvm.memory.used", () -> usage.get().getUsed())
                .description("Memory in use")
                .baseUnit("bytes")
                .tag("area", area)
                .register(registry);
        Gauge.builder("jvm.memory.max", () -> usage.get().getMax())
                .description("Most memory that may be used; -1 if there is no limit")
                .baseUnit("bytes")
                .tag("area", area)
                .register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, String description, DoubleSupplier number) {
        Gauge.builder(name, number::getAsDouble).description(description).register(registry);
    }

    private static void counter(MeterRegistry registry, String name, String description, DoubleSupplier number) {
        FunctionCounter.builder(name, number, DoubleSupplier::getAsDouble)
                .description(description)
                .register(registry);
    }

    private static double sum(ToLongFunction<GarbageCollectorMXBean> figure) {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(figure)
                .sum();
    }
}
