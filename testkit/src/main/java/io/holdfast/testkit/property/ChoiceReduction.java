package io.holdfast.testkit.property;

/** The passes of shrinking that lower single choices, and keep their number. Not thread-safe. */
final class ChoiceReduction {

    /** One way to lower a choice. */
    @FunctionalInterface
    private interface Lowering {
        /** Tries to take {@code by} off; returns whether the check still fails, and the smaller case was kept. */
        boolean takeOff(long by);
    }

    private static final int NEIGHBOURS = 8;

    private final Candidates candidates;

    ChoiceReduction(Candidates candidates) {
        this.candidates = candidates;
    }

    /** Lowers each choice as far as it goes alone. */
    void lowerEach() {
        for (int i = 0; i < candidates.recording().size(); i++) {
            int index = i;
            lower(index, by -> {
                long[] choices = candidates.recording().choices();
                return Long.compareUnsigned(by, choices[index]) <= 0
                        && candidates.improve(Edits.lowered(choices, index, by));
            });
        }
    }

    /** Lowers choices of one value at once: for values that must stay equal. */
    void lowerEqualsTogether() {
        for (int i = 0; i < candidates.recording().size(); i++) {
            int index = i;
            if (hasEqualLater(index)) {
                lower(index, by -> {
                    long[] choices = candidates.recording().choices();
                    return Long.compareUnsigned(by, choices[index]) <= 0
                            && candidates.improve(Edits.loweredEquals(choices, choices[index], by));
                });
            }
        }
    }

    /** Moves amounts from a choice to a later one: for values that must keep their sum. */
    void moveToLater() {
        for (int i = 0; i < candidates.recording().size(); i++) {
            for (int j = i + 1;
                    j <= i + NEIGHBOURS && j < candidates.recording().size();
                    j++) {
                int from = i;
                int to = j;
                lower(from, by -> {
                    long[] choices = candidates.recording().choices();
                    return to < choices.length
                            && Long.compareUnsigned(by, choices[from]) <= 0
                            && candidates.improve(Edits.moved(choices, from, to, by));
                });
            }
        }
    }

    /** Lowers a choice by one and raises the next to its maximum: for numbers of several digits, which go from 100 to 099. */
    void borrow() {
        for (int i = 0; i + 1 < candidates.recording().size(); i++) {
            if (at(i) != 0) {
                candidates.improve(
                        Edits.replacedAt(Edits.lowered(candidates.recording().choices(), i, 1), i + 1, -1L));
            }
        }
    }

    private boolean hasEqualLater(int index) {
        long[] choices = candidates.recording().choices();
        for (int i = index + 1; i < choices.length; i++) {
            if (choices[i] == choices[index] && choices[i] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Finds large amounts to take off: everything, halves, then as far as doubling steps and their remainder go. */
    private void lower(int index, Lowering lowering) {
        if (at(index) == 0 || lowering.takeOff(at(index))) {
            return;
        }
        while (Long.compareUnsigned(at(index), 1) > 0 && lowering.takeOff(at(index) - (at(index) >>> 1))) {
            // each success has halved the choice
        }
        // Some checks hold only for every second value, so steps of one are not enough.
        for (long unit = 1; unit <= 2; unit++) {
            long step = unit;
            while (at(index) != 0 && lowering.takeOff(step)) {
                step *= 2;
            }
            for (; step >= unit; step /= 2) {
                lowering.takeOff(step);
            }
        }
    }

    private long at(int index) {
        return index < candidates.recording().size() ? candidates.recording().choice(index) : 0;
    }
}
