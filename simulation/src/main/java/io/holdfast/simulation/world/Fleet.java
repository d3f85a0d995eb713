package io.holdfast.simulation.world;

import io.holdfast.core.local.DeviceState;
import io.holdfast.core.schema.Schema;
import io.holdfast.testkit.random.SeededRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The devices of a world, clones included, and the copies of them that were put aside. Not thread-safe. */
final class Fleet {

    private final int most;
    private final Workload workload;
    private final Writer writer;
    private final Model model;
    private final SeededRandom random;
    private final List<DeviceNode> devices = new ArrayList<>();
    private final Map<String, Copy> copies = new HashMap<>();

    /** What all devices have in common. */
    record Model(
            DeviceNode.Surroundings surroundings,
            DeviceNode.Sizes sizes,
            Mutants mutants,
            Tally tally,
            Stores stores) {}

    /** A device's copy, put aside. */
    private record Copy(DeviceStore storage, long made) {}

    Fleet(int devices, Workload workload, Writer writer, Model model, SeededRandom random) {
        this.most = most(devices);
        this.workload = workload;
        this.writer = writer;
        this.model = model;
        this.random = random;
    }

    /** The most devices, clones included, of a world that begins with so many. */
    static int most(int devices) {
        return 2 * devices;
    }

    List<DeviceNode> all() {
        return devices;
    }

    /** A device by its number; a number beyond the last begins again at the first. */
    DeviceNode get(int index) {
        return devices.get(index % devices.size());
    }

    Optional<DeviceNode> named(String name) {
        for (DeviceNode device : devices) {
            if (device.name().equals(name)) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }

    /** A new device that nobody has written on. */
    void add(String scope) {
        Schema schema = workload.subject().schema();
        add(schema, fresh(schema, scope));
    }

    private DeviceStore fresh(Schema schema, String scope) {
        String replica = model.surroundings().replicaId();
        return model.stores().fresh(schema, DeviceState.fresh(scope, replica, random.nextLong()));
    }

    private DeviceNode add(Schema schema, DeviceStore storage) {
        DeviceNode device = new DeviceNode("device-" + devices.size(), schema, storage, random.split(), model);
        devices.add(device);
        return device;
    }

    /** Puts a copy of a device aside. */
    boolean copy(DeviceNode device) {
        copies.put(device.name(), new Copy(device.storage().copy(), writer.made(device.name())));
        return true;
    }

    /** From now on a device's disk keeps nothing; what it returns is the loss of power that shows it. */
    Runnable unsynced(DeviceNode device) {
        Copy synced = new Copy(device.storage().copy(), writer.made(device.name()));
        return () -> putBack(device, synced);
    }

    private void putBack(DeviceNode device, Copy copy) {
        device.replaceStore(copy.storage().copy());
        writer.restored(device, copy.made());
    }

    /** Puts a device back to its copy; returns whether there is one. */
    boolean restore(DeviceNode device) {
        Copy copy = copies.get(device.name());
        if (copy == null) {
            return false;
        }
        putBack(device, copy);
        return true;
    }

    /** Puts an empty store in the place of a device's, as on a new device; its copies are gone with it. */
    void lose(DeviceNode device) {
        copies.remove(device.name());
        device.replaceStore(fresh(device.ownSchema(), device.scope()));
        writer.restored(device, 0);
    }

    /** Gives a device the next version of the schema; returns whether it had not before. */
    boolean upgrade(DeviceNode device) {
        boolean older = !upgraded(device);
        if (older) {
            device.upgrade(workload.subject().next());
        }
        return older;
    }

    private boolean upgraded(DeviceNode device) {
        return device.ownSchema().version() == workload.subject().next().version();
    }

    /** Whether any device has the next version of the schema. */
    boolean anyUpgraded() {
        return devices.stream().anyMatch(this::upgraded);
    }

    /** Starts another device from a device's present store; returns whether there were not enough already. */
    boolean cloneOf(DeviceNode original) {
        boolean room = devices.size() < most;
        if (room) {
            DeviceNode clone = add(original.ownSchema(), original.storage().copy());
            writer.restored(clone, writer.made(original.name()));
            clone.start();
        }
        return room;
    }
}
