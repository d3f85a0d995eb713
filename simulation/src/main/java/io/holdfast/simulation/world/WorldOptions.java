package io.holdfast.simulation.world;

import java.util.EnumSet;
import java.util.Set;

/**
 * How large a world is, and what may befall it.
 *
 * @param devices at the beginning, 1 or more
 * @param records how many different records are written, 1 or more
 * @param steps at most, 0 or more
 * @param faults which misfortunes may happen
 * @param mutation a deliberate defect, {@link Mutation#NONE} but in tests of the checkers
 */
public record WorldOptions(int devices, int records, int steps, Set<Fault> faults, Mutation mutation) {

    /** Copies. */
    public WorldOptions {
        if (devices < 1 || records < 1 || steps < 0) {
            throw new IllegalArgumentException("a world has at least one device and one record");
        }
        faults = Set.copyOf(faults);
    }

    /** Three devices, 40 records, 300 steps, every fault. */
    public static WorldOptions defaults() {
        return new WorldOptions(3, 40, 300, EnumSet.allOf(Fault.class), Mutation.NONE);
    }

    /** The same with other faults. */
    public WorldOptions withFaults(Set<Fault> others) {
        return new WorldOptions(devices, records, steps, others, mutation);
    }

    /** The same of another size. */
    public WorldOptions withSize(int otherDevices, int otherRecords, int otherSteps) {
        return new WorldOptions(otherDevices, otherRecords, otherSteps, faults, mutation);
    }

    /** The same with a deliberate defect. */
    public WorldOptions withMutation(Mutation defect) {
        return new WorldOptions(devices, records, steps, faults, defect);
    }
}
