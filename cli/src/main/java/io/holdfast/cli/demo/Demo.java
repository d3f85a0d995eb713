package io.holdfast.cli.demo;

import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.system.Host;
import io.holdfast.client.SyncResult;
import io.holdfast.client.Totals;
import io.holdfast.client.Verification;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that goes wrong on unreliable devices, once: writing without network, conflicting edits, a refused record, a
 * connection cut in the middle of an exchange, a device that stops abruptly. For one run; not thread-safe.
 */
final class Demo {

    /** Events that every device has, and edits. */
    static final int SHARED_EVENTS = 12;

    /** The record whose rating the server's rules refuse. */
    static final String REFUSED_ID = "rated-too-high";

    /** More than a registration, less than a batch: the cut hits the answer to the batch. */
    private static final long BYTES_BEFORE_CUT = 8_192;

    private final DemoServer server;
    private final Host host;
    private final Story story;
    private final List<DemoEvents.Event> events = DemoEvents.all();
    private final Map<DemoDevice, String> devices = new LinkedHashMap<>();
    private final DemoDevice phone;
    private final DemoDevice laptop;
    private final DemoDevice tablet;

    Demo(DemoServer server, Path folder, Host host, Story story) {
        this.server = server;
        this.host = host;
        this.story = story;
        phone = device("phone", folder);
        laptop = device("laptop", folder);
        tablet = device("tablet", folder);
    }

    private DemoDevice device(String name, Path folder) {
        DemoDevice device = DemoDevice.create(name, folder, host);
        devices.put(device, server.token(name));
        return device;
    }

    /** Runs it all. The stores are closed when this returns. */
    DemoOutcome run() throws InterruptedException {
        try {
            story.chapter("Without network");
            boolean kept = importEvents();
            editTheSame();
            story.chapter("Connecting");
            return outcome(kept, connect());
        } finally {
            devices.forEach((device, token) -> {
                device.remember(server.address(), token);
                device.close();
            });
        }
    }

    /** Returns whether the killed device kept all that it had promised. */
    private boolean importEvents() throws InterruptedException {
        for (DemoDevice device : List.of(phone, laptop)) {
            story.tell(device.name(), "imports %,d events", device.write(lines(device)));
        }
        List<String> lines = lines(tablet);
        tablet.release();
        List<String> promised = KilledImport.run(tablet.file(), lines);
        tablet.reopen();
        boolean kept = promised.stream()
                .allMatch(id ->
                        tablet.store().collection(DemoEvents.COLLECTION).get(id).isPresent());
        story.tell(
                "tablet",
                "is killed while it imports, after it promised %,d events; %s",
                promised.size(),
                kept ? "it still has every one of them" : "SOME ARE LOST");
        story.tell("tablet", "starts again and imports the other %,d events", tablet.write(lines));
        return kept && !promised.isEmpty();
    }

    /** A third of the events for each device, and the last few for all of them. */
    private List<String> lines(DemoDevice device) {
        int number = List.copyOf(devices.keySet()).indexOf(device);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (i % devices.size() == number || shared(i)) {
                lines.add(events.get(i).line());
            }
        }
        return lines;
    }

    private boolean shared(int number) {
        return number >= events.size() - SHARED_EVENTS;
    }

    private void editTheSame() {
        int rating = 1;
        for (DemoDevice device : devices.keySet()) {
            int mine = rating++;
            device.write(sharedIds().stream()
                    .map(id -> edit(id, device.name(), mine))
                    .toList());
        }
        story.tell("all three", "edit the same %d events: ratings, notes, tags, numbers of views", SHARED_EVENTS);
        tablet.write(List.of("{\"id\":\"" + REFUSED_ID + "\",\"source\":\"demo\",\"account\":\"demo\","
                + "\"occurred_at\":\"2026-11-20T08:00:00Z\",\"recorded_at\":\"2026-11-20T08:00:00Z\",\"rating\":9}"));
        story.tell("tablet", "writes an event rated 9, which the server's rules will refuse: they allow 5");
    }

    private static String edit(String id, String device, int number) {
        return JsonLine.of(json -> {
            json.writeStringProperty("id", id);
            json.writeStringProperty("note", "as the " + device + " saw it");
            json.writeNumberProperty("rating", number);
            json.writeObjectPropertyStart("views");
            json.writeNumberProperty("add", number);
            json.writeEndObject();
            json.writeObjectPropertyStart("tags");
            json.writeArrayPropertyStart("add");
            json.writeString(device);
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** Returns how many changes the laptop held for unsettled after its connection was cut. */
    private long connect() throws InterruptedException {
        exchange(phone, server.address().toString());
        long inFlight;
        try (CuttingProxy network = CuttingProxy.open(server.address(), BYTES_BEFORE_CUT)) {
            SyncResult broken = laptop.connect(network.address(), token(laptop));
            inFlight = laptop.store().review().account().in(ChangeState.IN_FLIGHT);
            if (broken.failure().isEmpty() || !network.hasCut()) {
                throw new HoldfastException(ErrorCode.INTERNAL, "The connection was not cut as planned.");
            }
            story.tell(
                    "laptop",
                    "loses its connection in the middle of the answer: the server has applied what it sent, and the"
                            + " laptop still holds %,d changes for in flight",
                    inFlight);
            exchange(laptop, network.address());
        }
        exchange(tablet, server.address().toString());
        exchange(phone, server.address().toString());
        exchange(laptop, server.address().toString());
        return inFlight;
    }

    private void exchange(DemoDevice device, String address) throws InterruptedException {
        SyncResult result = device.connect(address, token(device));
        result.failure().ifPresent(failure -> {
            throw new HoldfastException(failure.code(), failure.message());
        });
        Totals totals = result.totals();
        story.tell(
                device.name(),
                "sends %,d changes and receives %,d records in %d round trips%s%s",
                totals.pushed() + totals.refused(),
                totals.pulled(),
                totals.traffic().roundTrips(),
                totals.conflicts() == 0 ? "" : "; " + totals.conflicts() + " lost something to others",
                totals.refused() == 0 ? "" : "; " + totals.refused() + " was refused");
    }

    private String token(DemoDevice device) {
        return devices.getOrDefault(device, "");
    }

    private DemoOutcome outcome(boolean kept, long inFlight) throws InterruptedException {
        List<DeviceOutcome> outcomes = new ArrayList<>();
        for (DemoDevice device : devices.keySet()) {
            Verification verification = device.verify(server.address().toString(), token(device));
            outcomes.add(DeviceOutcome.of(device, verification, sharedIds()));
        }
        return new DemoOutcome(events.size(), server.view(), outcomes, kept, inFlight, List.of(), Optional.empty());
    }

    private List<String> sharedIds() {
        return events.subList(events.size() - SHARED_EVENTS, events.size()).stream()
                .map(DemoEvents.Event::id)
                .toList();
    }
}
