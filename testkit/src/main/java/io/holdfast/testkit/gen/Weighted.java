package io.holdfast.testkit.gen;

import java.util.Arrays;

/**
 * An alternative and how likely it is against the others.
 *
 * @param weight from 1
 * @param gen what the alternative generates
 */
public record Weighted<T>(int weight, Gen<T> gen) {

    /** Checks the weight. */
    public Weighted {
        if (weight < 1) {
            throw new IllegalArgumentException("weight must be at least 1, is " + weight);
        }
    }

    /** Returns a sampler of indexes, each as likely as its weight says; a weight of 0 never comes up unless all are 0. */
    public static Choices.Sampler sampler(int... weights) {
        int[] kept = weights.clone();
        long total = Math.max(1, Arrays.stream(kept).asLongStream().sum());
        return random -> {
            long left = random.upTo(total - 1);
            int index = 0;
            while (index < kept.length - 1 && left >= kept[index]) {
                left -= kept[index++];
            }
            return index;
        };
    }
}
