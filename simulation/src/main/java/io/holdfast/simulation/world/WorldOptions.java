package io.holdfast.simulation.world;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/**
 * How large a world is, what is written in it, and what may befall it.
 *
 * @param devices at the beginning, 1 or more
 * @param records how many different records are written, 1 or more
 * @param length how long things befall it
 * @param faults which misfortunes may happen, and how often each beside 600 writes, 1 or more
 * @param mutation a deliberate defect, {@link Mutation#NONE} but in tests of the checkers
 * @param subject what is written; empty for one of the simulator's own schemas in each world
 * @param files whether devices keep their records in SQLite files, not in memory
 */
public record WorldOptions(
        int devices,
        int records,
        Length length,
        Map<Fault, Integer> faults,
        Mutation mutation,
        Optional<Subject> subject,
        boolean files) {

    /** Copies. */
    public WorldOptions {
        if (devices < 1 || records < 1) {
            throw new IllegalArgumentException("a world has at least one device and one record");
        }
        EnumMap<Fault, Integer> copy = new EnumMap<>(Fault.class);
        copy.putAll(faults);
        if (copy.values().stream().anyMatch(weight -> weight < 1)) {
            throw new IllegalArgumentException("a fault that may happen has a weight of at least 1");
        }
        faults = Collections.unmodifiableMap(copy);
    }

    /** Three devices, 40 records, 300 steps, every fault. */
    public static WorldOptions defaults() {
        return new WorldOptions(3, 40, Length.steps(300), Map.of(), Mutation.NONE, Optional.empty(), false)
                .withFaults(EnumSet.allOf(Fault.class));
    }

    /** The same with other faults, each as often as it usually comes. */
    public WorldOptions withFaults(Collection<Fault> others) {
        EnumMap<Fault, Integer> usual = new EnumMap<>(Fault.class);
        others.forEach(fault -> usual.put(fault, fault.weight()));
        return withFaults(usual);
    }

    /** The same with other faults, as often as given. */
    public WorldOptions withFaults(Map<Fault, Integer> weights) {
        return new WorldOptions(devices, records, length, weights, mutation, subject, files);
    }

    /** The same of another size. */
    public WorldOptions withSize(int otherDevices, int otherRecords, Length otherLength) {
        return new WorldOptions(otherDevices, otherRecords, otherLength, faults, mutation, subject, files);
    }

    /** The same, longer or shorter. */
    public WorldOptions lasting(Length other) {
        return withSize(devices, records, other);
    }

    /** The same with a deliberate defect. */
    public WorldOptions withMutation(Mutation defect) {
        return new WorldOptions(devices, records, length, faults, defect, subject, files);
    }

    /** The same about something else. */
    public WorldOptions about(Subject other) {
        return new WorldOptions(devices, records, length, faults, mutation, Optional.of(other), files);
    }

    /** The same with stores in SQLite files. */
    public WorldOptions onFiles() {
        return new WorldOptions(devices, records, length, faults, mutation, subject, true);
    }
}
