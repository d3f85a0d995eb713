package io.holdfast.cli.faults;

import io.holdfast.testkit.random.SeededRandom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server and two devices that write all the time, of which one process after the other is killed. Not thread-safe. */
final class KilledWorld implements AutoCloseable {

    private static final int ROUNDS_MAX = 30;
    private static final int LINES_MAX = 400;
    private static final int MILLIS_MAX = 250;

    /** What is killed. */
    enum Victim {
        /** A device that writes and synchronises. */
        DEVICE,
        /** A {@code holdfast put} that imports. */
        IMPORT,
        /** The server. */
        SERVER,
        /** All processes of the server's PostgreSQL. */
        DATABASE
    }

    private final Path folder;
    private final SeededRandom random;
    private final Optional<Postgres> database;
    private final RealServer server;
    private final Promises promises = new Promises();
    private final List<RealDevice> devices = new ArrayList<>();
    private final Map<Victim, Integer> kills = new EnumMap<>(Victim.class);

    KilledWorld(Path folder, SeededRandom random, Optional<Postgres> database) {
        this.folder = folder;
        this.random = random;
        this.database = database;
        server = database.map(postgres -> RealServer.on(folder, postgres)).orElseGet(() -> RealServer.embedded(folder));
        String token = server.token("device");
        for (String name : List.of("phone", "laptop")) {
            devices.add(RealDevice.start(folder, name, server.address(), token, promises));
        }
    }

    /** Kills so many processes. */
    void kill(int number) {
        List<Victim> victims = new ArrayList<>(List.of(Victim.DEVICE, Victim.SERVER, Victim.IMPORT));
        database.ifPresent(postgres -> victims.add(Victim.DATABASE));
        for (int i = 0; i < number; i++) {
            devices.forEach(device -> device.write(1 + random.nextInt(ROUNDS_MAX)));
            RealDevice device = devices.get(random.nextInt(devices.size()));
            // Else the process is killed while it starts.
            if (random.nextInt(4) > 0) {
                server.awaitListening();
                device.hear(1);
            }
            // Each in its turn, so that a short run has all of them.
            Victim victim = victims.get(i % victims.size());
            kill(victim, device);
        }
    }

    private void kill(Victim victim, RealDevice device) {
        kills.merge(victim, 1, Integer::sum);
        Duration moment = Duration.ofMillis(random.nextInt(MILLIS_MAX));
        switch (victim) {
            case DEVICE -> {
                device.linger(moment);
                device.crash();
                device.startAgain();
            }
            case IMPORT -> {
                device.crash();
                kills.merge(Victim.DEVICE, 1, Integer::sum);
                int lines = 1 + random.nextInt(LINES_MAX);
                device.importKilled(lines, random.nextInt(lines));
                device.startAgain();
            }
            case SERVER -> {
                server.linger(moment);
                server.crash();
                server.startAgain();
            }
            case DATABASE -> {
                Postgres postgres = database.orElseThrow();
                server.linger(moment);
                postgres.crash();
                server.linger(moment);
                postgres.startAgain();
            }
        }
    }

    /** Ends the devices, and checks what came of it all. Returns it as one line. */
    String reckon() {
        devices.forEach(RealDevice::crash);
        server.awaitListening();
        new Reckoning(folder, server, promises)
                .check(devices.stream().map(RealDevice::store).toList());
        server.stop();
        return kills + " killed, " + promises.size() + " promises kept";
    }

    @Override
    public void close() {
        devices.forEach(RealDevice::close);
        server.close();
    }
}
