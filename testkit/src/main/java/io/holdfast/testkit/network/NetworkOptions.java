package io.holdfast.testkit.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How badly a simulated network behaves. Probabilities are from 0 to 1 and count for each message.
 *
 * @param loss how likely a message is lost
 * @param duplication how likely a message arrives a second time
 * @param reordering how likely a copy may overtake earlier ones of its link; the others arrive in the order sent
 * @param truncation how likely a copy arrives cut off
 * @param delayMin the shortest delay, from zero
 * @param delayMax the longest delay, from {@code delayMin}; delays are spread evenly
 * @param partitions when which nodes cannot reach which others
 */
public record NetworkOptions(
        double loss,
        double duplication,
        double reordering,
        double truncation,
        Duration delayMin,
        Duration delayMax,
        List<Partition> partitions) {

    /** Checks the ranges. */
    public NetworkOptions {
        requireProbability("loss", loss);
        requireProbability("duplication", duplication);
        requireProbability("reordering", reordering);
        requireProbability("truncation", truncation);
        if (delayMin.isNegative() || delayMax.compareTo(delayMin) < 0) {
            throw new IllegalArgumentException(
                    "delays must satisfy 0 <= min <= max, are " + delayMin + " and " + delayMax);
        }
        partitions = List.copyOf(partitions);
    }

    /** A network that delivers everything once, in order, after a millisecond. */
    public static NetworkOptions reliable() {
        return new NetworkOptions(0, 0, 0, 0, Duration.ofMillis(1), Duration.ofMillis(1), List.of());
    }

    /** A network as bad as a phone's on a train: losses, repetitions, overtaking, delays of up to two seconds. Cuts nothing off. */
    public static NetworkOptions rough() {
        return new NetworkOptions(0.1, 0.05, 0.2, 0, Duration.ofMillis(5), Duration.ofSeconds(2), List.of());
    }

    /** Returns these options with another probability of loss. */
    public NetworkOptions withLoss(double changed) {
        return new NetworkOptions(changed, duplication, reordering, truncation, delayMin, delayMax, partitions);
    }

    /** Returns these options with another probability of duplication. */
    public NetworkOptions withDuplication(double changed) {
        return new NetworkOptions(loss, changed, reordering, truncation, delayMin, delayMax, partitions);
    }

    /** Returns these options with another probability of overtaking. */
    public NetworkOptions withReordering(double changed) {
        return new NetworkOptions(loss, duplication, changed, truncation, delayMin, delayMax, partitions);
    }

    /** Returns these options with another probability of truncation. */
    public NetworkOptions withTruncation(double changed) {
        return new NetworkOptions(loss, duplication, reordering, changed, delayMin, delayMax, partitions);
    }

    /** Returns these options with other delays. */
    public NetworkOptions withDelays(Duration min, Duration max) {
        return new NetworkOptions(loss, duplication, reordering, truncation, min, max, partitions);
    }

    /** Returns these options with one more partition. */
    public NetworkOptions withPartition(Partition added) {
        List<Partition> all = new ArrayList<>(partitions);
        all.add(added);
        return new NetworkOptions(loss, duplication, reordering, truncation, delayMin, delayMax, all);
    }

    private static void requireProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, is " + value);
        }
    }
}
