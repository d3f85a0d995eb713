package io.holdfast.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedNetworkTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final int MESSAGES = 2_000;

    private static final Gen<NetworkOptions> OPTIONS = Gens.zip(
            Gens.pick(0.0, 0.1, 0.5, 1.0),
            Gens.pick(0.0, 0.1, 0.5, 1.0),
            Gens.pick(0.0, 0.2, 1.0),
            Gens.ints(0, 3_000),
            (loss, duplication, reordering, delay) -> NetworkOptions.reliable()
                    .withLoss(loss)
                    .withDuplication(duplication)
                    .withReordering(reordering)
                    .withDelays(Duration.ZERO, Duration.ofMillis(delay))
                    .withPartition(new Partition(START.plusSeconds(1), START.plusSeconds(2), Set.of("a"))));

    private final VirtualTime time = new VirtualTime(START);
    private final List<Delivery<Integer>> deliveries = new ArrayList<>();

    @Test
    void deliversEverythingOnceAndInOrderWithoutFaults() {
        SimulatedNetwork<Integer> network = run(1, NetworkOptions.reliable());
        assertThat(deliveries).extracting(Delivery::payload).containsExactlyElementsOf(numbers());
        assertThat(deliveries)
                .allMatch(delivery -> delivery.at().equals(delivery.sentAt().plusMillis(1)));
        assertThat(network.counts()).isEqualTo(new NetworkCounts(MESSAGES, 0, MESSAGES, 0, 0, 0, 0, 0));
    }

    @Test
    void givesTheSameDeliveriesForTheSameSeedOnly() {
        assertThat(course(5)).isEqualTo(course(5)).isNotEqualTo(course(6));
    }

    @Test
    void accountsForEveryCopyAtEveryMoment() {
        Property.of("a network accounts for every copy").forAll(OPTIONS, Gens.longs(), (options, seed) -> {
            VirtualTime timeline = new VirtualTime(START);
            List<Delivery<Integer>> seen = new ArrayList<>();
            SimulatedNetwork<Integer> network =
                    SimulatedNetwork.of(timeline, new SeededRandom(seed), options, seen::add);
            for (int i = 0; i < 60; i++) {
                network.send(i % 2 == 0 ? "a" : "b", i % 3 == 0 ? "a" : "c", i);
                timeline.runFor(Duration.ofMillis(50));
                if (i == 40) {
                    network.dropInFlight("c");
                }
                assertAccounted(network.counts(), seen.size());
            }
            timeline.runAll(1_000);
            assertAccounted(network.counts(), seen.size());
            assertThat(network.counts().inFlight()).isZero();
        });
    }

    @Test
    void losesAndDuplicatesAboutAsOftenAsAsked() {
        NetworkCounts counts = run(2, NetworkOptions.reliable().withLoss(0.25).withDuplication(0.1))
                .counts();
        assertThat(counts.lost()).isBetween(440L, 560L);
        assertThat(counts.duplicated()).isBetween(110L, 190L);
        assertThat(counts.delivered()).isEqualTo(MESSAGES - counts.lost() + counts.duplicated());
    }

    @Test
    void keepsTheOrderOfALinkUnlessReorderingIsAsked() {
        NetworkOptions jittery = NetworkOptions.reliable().withDelays(Duration.ZERO, Duration.ofSeconds(1));
        run(3, jittery);
        assertThat(deliveries).extracting(Delivery::payload).containsExactlyElementsOf(numbers());
        deliveries.clear();
        run(3, jittery.withReordering(0.5));
        assertThat(deliveries).extracting(Delivery::payload).containsExactlyInAnyOrderElementsOf(numbers());
        assertThat(deliveries).extracting(Delivery::payload).isNotEqualTo(numbers());
    }

    @Test
    void separatesTheSidesOfAPartitionWhileItLasts() {
        Partition partition = new Partition(START.plusSeconds(10), START.plusSeconds(20), Set.of("a", "b"));
        SimulatedNetwork<Integer> network = network(1, NetworkOptions.reliable().withPartition(partition));
        for (int second : List.of(9, 10, 19, 20)) {
            time.runUntil(START.plusSeconds(second));
            network.send("a", "c", second);
            network.send("a", "b", 100 + second);
        }
        time.runAll(100);
        assertThat(deliveries).extracting(Delivery::payload).containsExactly(9, 109, 110, 119, 20, 120);
        assertThat(network.counts().separated()).isEqualTo(2);
    }

    @Test
    void losesWhatWouldArriveDuringAPartition() {
        Partition partition = new Partition(START.plusMillis(1), START.plusSeconds(1), Set.of("a"));
        SimulatedNetwork<Integer> network = network(1, NetworkOptions.reliable().withPartition(partition));
        network.send("a", "b", 1);
        time.runAll(10);
        assertThat(deliveries).isEmpty();
        assertThat(network.counts().separated()).isEqualTo(1);
    }

    @Test
    void isolatesAndRejoinsNodes() {
        SimulatedNetwork<Integer> network = network(1, NetworkOptions.reliable());
        network.isolate("a");
        network.send("a", "b", 1);
        network.send("b", "a", 2);
        network.send("b", "c", 3);
        network.rejoin("a");
        network.send("b", "a", 4);
        time.runAll(10);
        assertThat(deliveries).extracting(Delivery::payload).containsExactly(3, 4);
    }

    @Test
    void dropsWhatIsInFlightForACrashedNode() {
        SimulatedNetwork<Integer> network = network(1, NetworkOptions.reliable());
        network.send("a", "b", 1);
        network.send("b", "c", 2);
        network.send("c", "d", 3);
        assertThat(network.dropInFlight("b")).isEqualTo(2);
        time.runAll(10);
        assertThat(deliveries).extracting(Delivery::payload).containsExactly(3);
    }

    @Test
    void cutsBytesOffSomewhereBeforeTheirEnd() {
        byte[] whole = {1, 2, 3, 4, 5};
        List<Delivery<byte[]>> cut = new ArrayList<>();
        SimulatedNetwork<byte[]> network = SimulatedNetwork.ofBytes(
                time, new SeededRandom(1), NetworkOptions.reliable().withTruncation(1), cut::add);
        IntStream.range(0, 200).forEach(i -> network.send("a", "b", whole));
        time.runAll(1_000);
        assertThat(cut)
                .allMatch(Delivery::truncated)
                .allSatisfy(delivery ->
                        assertThat(delivery.payload()).isEqualTo(Arrays.copyOf(whole, delivery.payload().length)));
        assertThat(cut).extracting(delivery -> delivery.payload().length).containsOnly(0, 1, 2, 3, 4);
        assertThat(network.counts().truncated()).isEqualTo(200);
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkOptions.reliable().withLoss(1.1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkOptions.reliable().withDuplication(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkOptions.reliable().withDelays(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(1, NetworkOptions.reliable().withTruncation(0.1)));
    }

    private static void assertAccounted(NetworkCounts counts, int seen) {
        assertThat(counts.delivered()).isEqualTo(seen);
        assertThat(counts.sent() + counts.duplicated())
                .isEqualTo(
                        counts.delivered() + counts.lost() + counts.separated() + counts.dropped() + counts.inFlight());
    }

    private static List<Delivery<Integer>> course(long seed) {
        VirtualTime timeline = new VirtualTime(START);
        List<Delivery<Integer>> seen = new ArrayList<>();
        SimulatedNetwork<Integer> network =
                SimulatedNetwork.of(timeline, new SeededRandom(seed), NetworkOptions.rough(), seen::add);
        numbers().forEach(number -> network.send("a", "b", number));
        timeline.runAll(MESSAGES * 2);
        return seen;
    }

    private SimulatedNetwork<Integer> run(long seed, NetworkOptions options) {
        SimulatedNetwork<Integer> network = network(seed, options);
        numbers().forEach(number -> network.send("a", "b", number));
        time.runAll(MESSAGES * 2);
        return network;
    }

    private SimulatedNetwork<Integer> network(long seed, NetworkOptions options) {
        return SimulatedNetwork.of(time, new SeededRandom(seed), options, deliveries::add);
    }

    private static List<Integer> numbers() {
        return IntStream.range(0, MESSAGES).boxed().toList();
    }
}
