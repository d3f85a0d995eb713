package io.holdfast.cli.demo;

import io.holdfast.cli.system.Host;
import io.holdfast.client.ClientOptions;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.earnings.EarningsManager;
import io.holdfast.earnings.EarningsState;
import io.holdfast.earnings.SyncReport;
import io.holdfast.earnings.amount.Accrued;
import io.holdfast.earnings.amount.Coins;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Two users share a phone, and one of them has a tablet, too. They mine through an outage while the phone's clock is set. The
 * clocks are the story's, so that what they must have earned is known to the last digit. For one run; not thread-safe.
 */
final class EarningsDemo {

    private static final Coins RATE = Coins.parse("rate", "0.12345678");
    private static final Duration TOGETHER = Duration.ofHours(2);
    private static final Duration OUTAGE = Duration.ofHours(5);
    private static final Duration LATER = Duration.ofHours(1);
    private static final Duration SET_FORWARD = Duration.ofDays(1);
    private static final int TRIES = 5;

    private final Path folder;
    private final Host host;
    private final Story story;
    private final StoryClock time;
    private final List<Device> devices = new ArrayList<>();

    EarningsDemo(Path folder, Host host, Story story) {
        this.folder = folder;
        this.host = host;
        this.story = story;
        time = new StoryClock(host.clock().instant());
    }

    /** One user's earnings on one device. */
    private record Device(String name, String user, EarningsManager earnings, ClientOptions server) {}

    /** Runs it all. */
    List<EarningsOutcome> run() throws InterruptedException {
        story.chapter("Earning");
        try (EarningsServer server = EarningsServer.start(folder.resolve("earnings-server"), host, time, RATE)) {
            StoryClock.Wall phone = time.new Wall("phone");
            Device ann = device("phone", "ann", phone, server);
            Device bob = device("phone", "bob", phone, server);
            Device tablet = device("tablet", "ann", time.new Wall("tablet"), server);
            live(ann, bob, tablet, phone);
            return List.of(
                    outcome("ann", TOGETHER.plus(OUTAGE).plus(LATER), server),
                    outcome("bob", TOGETHER.plus(OUTAGE), server));
        } finally {
            devices.forEach(device -> device.earnings.close());
        }
    }

    private Device device(String name, String user, StoryClock.Wall clock, EarningsServer server)
            throws InterruptedException {
        EarningsManager earnings =
                EarningsManager.open(folder.resolve("earnings-" + user + "-" + name + ".db"), user, clock.options());
        Device device = new Device(name, user, earnings, server.connection(user));
        devices.add(device);
        earnings.initialize(RATE.number());
        earnings.connect(device.server);
        level(device);
        return device;
    }

    private void live(Device ann, Device bob, Device tablet, StoryClock.Wall phone) throws InterruptedException {
        ann.earnings.start();
        bob.earnings.start();
        story.tell("phone", "is shared by ann and bob, who both mine %s coins an hour", RATE);
        time.pass(TOGETHER);
        for (Device device : devices) {
            level(device);
        }
        devices.forEach(device -> device.earnings.goOffline());
        tablet.earnings.start();
        time.pass(OUTAGE);
        story.tell("all", "lose the network for %d hours; ann mines on her tablet at the same time", OUTAGE.toHours());
        bob.earnings.stop();
        phone.set(SET_FORWARD);
        ann.earnings.update();
        story.tell("phone", "has its clock set forward by a day, which earns nothing");
        time.pass(LATER);
        ann.earnings.stop();
        tablet.earnings.stop();
        for (Device device : devices) {
            device.earnings.connect(device.server);
        }
        // What one device brings, the others fetch.
        for (int round = 0; round < 2; round++) {
            for (Device device : devices) {
                level(device);
            }
        }
        story.tell("all", "find the server again, and send what they claim");
    }

    private static void level(Device device) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            SyncReport report = device.earnings.sync(true);
            if (report.level() && device.earnings.state().syncStatus() == EarningsState.SyncState.SYNCED) {
                return;
            }
        }
        throw new HoldfastException(ErrorCode.INTERNAL, "The earnings of " + device.user + " did not become level.");
    }

    private EarningsOutcome outcome(String user, Duration mined, EarningsServer server) {
        TreeMap<String, BigDecimal> shown = new TreeMap<>();
        devices.stream()
                .filter(device -> device.user.equals(user))
                .forEach(
                        device -> shown.put(device.name, device.earnings.state().currentEarnings()));
        BigDecimal expected = Accrued.of(RATE, mined.toNanos() / 1_000).coins().number();
        return new EarningsOutcome(user, expected, server.balance(user), shown);
    }
}
