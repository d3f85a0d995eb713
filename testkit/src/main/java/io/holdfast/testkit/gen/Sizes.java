package io.holdfast.testkit.gen;

import io.holdfast.testkit.random.SeededRandom;

/**
 * How many elements a collection takes. Each element is preceded by a choice "one more" (1) or "stop" (0), inside the element's span,
 * so that deleting the span deletes the element; a length drawn up front would have to be lowered in the same step.
 *
 * @param min the fewest elements, from 0
 * @param max the most elements, from {@code min}
 */
record Sizes(int min, int max) implements Choices.Sampler {

    private static final int USUAL = 8;
    private static final int LARGE = 64;

    Sizes {
        if (min < 0 || max < min) {
            throw new IllegalArgumentException("sizes must satisfy 0 <= min <= max, are " + min + " and " + max);
        }
    }

    /** Returns the size to aim at; a hint, which only shapes the distribution. */
    int target(Choices choices) {
        return (int) choices.hint(this);
    }

    /** Draws whether one more element follows the {@code taken} ones. */
    boolean more(Choices choices, int taken, int target) {
        if (taken < min) {
            return choices.forced(1) == 1;
        }
        if (taken >= max) {
            return choices.forced(0) == 1;
        }
        return choices.draw(1, random -> taken < target ? 1 : 0) == 1;
    }

    @Override
    public long sample(SeededRandom random) {
        int room = max - min;
        long kind = random.upTo(31);
        if (kind == 0) {
            return room <= LARGE ? max : min + LARGE + random.upTo(LARGE);
        }
        return min + random.upTo(Math.min(room, kind < 8 ? LARGE / 2 : USUAL));
    }
}
