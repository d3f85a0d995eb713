package io.holdfast.testkit.network;

import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.VirtualTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A network between named nodes on a virtual timeline: every copy that is to arrive is an event there, which hands it to the receiver.
 *
 * <p>Fates are drawn when a message is sent, so the same seed, options and sequence of sends give the same deliveries. Partitions count
 * both when a message is sent and when it would arrive. The idea of one options value for all faults is that of TigerBeetle's packet
 * simulator. It does not model bandwidth or congestion. Not thread-safe: it lives on the thread of its timeline.
 *
 * @param <P> what a message carries; opaque to the network
 */
public final class SimulatedNetwork<P> {

    private record Flight<P>(Delivery<P> delivery, VirtualTime.Event event) {}

    private record Link(String from, String to) {}

    private final VirtualTime time;
    private final SeededRandom random;
    private final Consumer<Delivery<P>> receiver;
    private final Optional<Cutter<P>> cutter;
    private final Map<Long, Flight<P>> flights = new LinkedHashMap<>();
    private final Map<Link, Instant> lastArrivals = new HashMap<>();
    private final Set<String> isolated = new HashSet<>();
    private NetworkOptions options;
    private long sent;
    private long duplicated;
    private long delivered;
    private long truncated;
    private long lost;
    private long separated;
    private long dropped;
    private long launched;

    private SimulatedNetwork(
            VirtualTime time,
            SeededRandom random,
            NetworkOptions options,
            Optional<Cutter<P>> cutter,
            Consumer<Delivery<P>> receiver) {
        this.time = time;
        this.random = random;
        this.cutter = cutter;
        this.receiver = receiver;
        this.options = checked(options, cutter.isPresent());
    }

    /** Creates a network of messages that arrive whole or not at all; {@code options} must not ask for truncation. */
    public static <P> SimulatedNetwork<P> of(
            VirtualTime time, SeededRandom random, NetworkOptions options, Consumer<Delivery<P>> receiver) {
        return new SimulatedNetwork<>(time, random, options, Optional.empty(), receiver);
    }

    /** Creates a network of bytes, which can arrive cut off. */
    public static SimulatedNetwork<byte[]> ofBytes(
            VirtualTime time, SeededRandom random, NetworkOptions options, Consumer<Delivery<byte[]>> receiver) {
        return new SimulatedNetwork<>(time, random, options, Optional.of(Cutter.ofBytes()), receiver);
    }

    /** Creates a network whose messages {@code cutter} can cut off. */
    public static <P> SimulatedNetwork<P> cutting(
            VirtualTime time,
            SeededRandom random,
            NetworkOptions options,
            Cutter<P> cutter,
            Consumer<Delivery<P>> receiver) {
        return new SimulatedNetwork<>(time, random, options, Optional.of(cutter), receiver);
    }

    /** Changes how the network behaves from now on; copies in flight keep their fate. */
    public void options(NetworkOptions changed) {
        options = checked(changed, cutter.isPresent());
    }

    /** Sends a message; returns the copies that will arrive unless a partition comes between: none, one or two. */
    public List<Delivery<P>> send(String from, String to, P payload) {
        sent++;
        // A message draws from numbers of its own: what befalls one does not shift the fates of the next.
        SeededRandom fate = random.split();
        boolean loses = chance(fate, options.loss());
        boolean repeats = chance(fate, options.duplication());
        if (separated(from, to)) {
            separated++;
            return List.of();
        }
        if (loses) {
            lost++;
            return List.of();
        }
        Delivery<P> first = launch(copy(1, from, to, payload, fate));
        if (!repeats) {
            return List.of(first);
        }
        duplicated++;
        return List.of(first, launch(copy(2, from, to, payload, fate)));
    }

    /** Cuts a node off from all others, until {@link #rejoin}. */
    public void isolate(String node) {
        isolated.add(node);
    }

    /** Ends what {@link #isolate} began. */
    public void rejoin(String node) {
        isolated.remove(node);
    }

    /** Throws away everything on its way to or from a node, as its crash does; returns how many copies. */
    public int dropInFlight(String node) {
        int before = flights.size();
        flights.values().removeIf(flight -> {
            boolean concerned = flight.delivery().from().equals(node)
                    || flight.delivery().to().equals(node);
            return concerned && flight.event().cancel();
        });
        int gone = before - flights.size();
        dropped += gone;
        return gone;
    }

    /** Returns what happened so far. */
    public NetworkCounts counts() {
        return new NetworkCounts(sent, duplicated, delivered, truncated, lost, separated, dropped, flights.size());
    }

    private Delivery<P> copy(int number, String from, String to, P payload, SeededRandom fate) {
        boolean overtakes = chance(fate, options.reordering());
        boolean cuts = chance(fate, options.truncation());
        P carried = cuts ? cutter.orElseThrow().cut(payload, fate.split()) : payload;
        Instant at = arrival(new Link(from, to), fate, overtakes);
        return new Delivery<>(sent, number, from, to, carried, cuts, time.instant(), at);
    }

    private Instant arrival(Link link, SeededRandom fate, boolean overtakes) {
        long spread = options.delayMax().minus(options.delayMin()).toNanos();
        Instant drawn = time.instant().plus(options.delayMin()).plusNanos(fate.upTo(spread));
        if (overtakes) {
            return drawn;
        }
        Instant last = lastArrivals.getOrDefault(link, drawn);
        Instant inOrder = drawn.isBefore(last) ? last : drawn;
        lastArrivals.put(link, inOrder);
        return inOrder;
    }

    private Delivery<P> launch(Delivery<P> delivery) {
        if (delivery.truncated()) {
            truncated++;
        }
        long number = ++launched;
        flights.put(number, new Flight<>(delivery, time.at(delivery.at(), () -> land(number, delivery))));
        return delivery;
    }

    private void land(long number, Delivery<P> delivery) {
        flights.remove(number);
        if (separated(delivery.from(), delivery.to())) {
            separated++;
            return;
        }
        delivered++;
        receiver.accept(delivery);
    }

    private boolean separated(String from, String to) {
        boolean cutOff = !from.equals(to) && (isolated.contains(from) || isolated.contains(to));
        if (cutOff || options.partitions().isEmpty()) {
            return cutOff;
        }
        Instant now = time.instant();
        return options.partitions().stream().anyMatch(partition -> partition.separates(from, to, now));
    }

    private static boolean chance(SeededRandom fate, double probability) {
        return fate.nextDouble() < probability;
    }

    private static NetworkOptions checked(NetworkOptions options, boolean cuts) {
        if (options.truncation() > 0 && !cuts) {
            throw new IllegalArgumentException(
                    "A network that truncates needs to know how: create it with cutting or ofBytes.");
        }
        return options;
    }
}
