package io.holdfast.earnings.operations;

import java.util.SortedMap;
import java.util.TreeMap;

/** How the machine stands. Stateless. */
final class Conditions {

    private Conditions() {}

    static SortedMap<String, String> now() {
        Runtime runtime = Runtime.getRuntime();
        TreeMap<String, String> conditions = new TreeMap<>();
        conditions.put("heapUsedBytes", Long.toString(runtime.totalMemory() - runtime.freeMemory()));
        conditions.put("heapMaxBytes", Long.toString(runtime.maxMemory()));
        conditions.put("processors", Integer.toString(runtime.availableProcessors()));
        conditions.put("java", Runtime.version().toString());
        conditions.put("system", System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""));
        return conditions;
    }
}
