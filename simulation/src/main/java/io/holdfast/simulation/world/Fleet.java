package io.holdfast.simulation.world;

import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.memory.InMemoryLocalStorage;
import io.holdfast.testkit.random.SeededRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The devices of a world, clones included, and the copies of them that were put aside. Not thread-safe. */
final class Fleet {

    private static final int DEVICES_MAX = 6;

    private final Workload workload;
    private final Writer writer;
    private final Model model;
    private final SeededRandom random;
    private final List<DeviceNode> devices = new ArrayList<>();
    private final Map<String, Copy> copies = new HashMap<>();

    /** What all devices have in common. */
    record Model(DeviceNode.Surroundings surroundings, DeviceNode.Sizes sizes, Mutants mutants) {}

    /** A device's copy, put aside. */
    private record Copy(InMemoryLocalStorage storage, long made) {}

    Fleet(Workload workload, Writer writer, Model model, SeededRandom random) {
        this.workload = workload;
        this.writer = writer;
        this.model = model;
        this.random = random;
    }

    List<DeviceNode> all() {
        return devices;
    }

    /** A device by its number; a number beyond the last begins again at the first. */
    DeviceNode get(int index) {
        return devices.get(index % devices.size());
    }

    Optional<DeviceNode> named(String name) {
        return devices.stream().filter(device -> device.name().equals(name)).findFirst();
    }

    /** A new device that nobody has written on. */
    void add(String scope) {
        String replica = model.surroundings().replicaId();
        add(new InMemoryLocalStorage(DeviceState.fresh(scope, replica, random.nextLong())));
    }

    private DeviceNode add(InMemoryLocalStorage storage) {
        DeviceNode device = new DeviceNode(
                "device-" + devices.size(),
                workload.schema(),
                storage,
                random.split(),
                model.surroundings(),
                model.sizes(),
                model.mutants());
        devices.add(device);
        return device;
    }

    /** Puts a copy of a device aside. */
    void copy(DeviceNode device) {
        copies.put(device.name(), new Copy(device.storage().copy(), writer.made(device.name())));
    }

    /** Puts a device back to its copy; returns whether there is one. */
    boolean restore(DeviceNode device) {
        Copy copy = copies.get(device.name());
        if (copy == null) {
            return false;
        }
        device.replaceStore(copy.storage().copy());
        writer.restored(device, copy.made());
        return true;
    }

    /** Starts another device from a device's present store; nothing if there are enough already. */
    void cloneOf(DeviceNode original) {
        if (devices.size() < DEVICES_MAX) {
            DeviceNode clone = add(original.storage().copy());
            writer.restored(clone, writer.made(original.name()));
            clone.start();
        }
    }
}
