package io.holdfast.core.schema;

import java.util.regex.Pattern;

/**
 * Matches a pattern within a budget of steps. Java's regular expressions backtrack, so that some patterns take time
 * exponential in the text; the budget counts the characters the matcher looks at, and turns such a case into an answer.
 * Immutable and thread-safe.
 */
final class PatternCheck {

    /** Characters looked at, for any text; enough for quadratic matching of a thousand characters. */
    static final long STEPS_MIN = 1_000_000;

    /** Characters looked at, for each character of a long text. */
    static final long STEPS_PER_CHARACTER = 16;

    /** What matching came to. */
    enum Outcome {
        MATCHES,
        DIFFERS,
        /** The budget or the stack was used up. */
        TOO_COSTLY
    }

    private final Pattern pattern;

    PatternCheck(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    Outcome match(String text) {
        try {
            Metered metered = new Metered(text, Math.max(STEPS_MIN, STEPS_PER_CHARACTER * text.length()));
            return pattern.matcher(metered).matches() ? Outcome.MATCHES : Outcome.DIFFERS;
        } catch (OverBudgetException | StackOverflowError costly) {
            // The matcher recurses for repeated groups, so that long texts can use the stack up; it holds no state to
            // be left broken.
            return Outcome.TOO_COSTLY;
        }
    }

    /** Leaves the matcher when the budget is used up. */
    private static final class OverBudgetException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OverBudgetException() {
            super("over budget", null, false, false);
        }
    }

    /** Text that counts how often it is looked at. For one match. */
    private static final class Metered implements CharSequence {
        private final String text;
        private long stepsLeft;

        Metered(String text, long steps) {
            this.text = text;
            this.stepsLeft = steps;
        }

        @Override
        public char charAt(int index) {
            if (stepsLeft-- == 0) {
                throw new OverBudgetException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
