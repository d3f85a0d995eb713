package io.holdfast.testkit.property;

import io.holdfast.testkit.gen.Choices;
import io.holdfast.testkit.gen.Recording;
import io.holdfast.testkit.gen.Rejected;

/** What became of one case. */
sealed interface Outcome {

    /** The check went through. */
    record Passed() implements Outcome {}

    /** The case was of no use. */
    record Discarded(String reason) implements Outcome {}

    /** The check threw. */
    record Failed(Throwable failure, Recording recording) implements Outcome {

        /** Whether both are taken for the same bug: the same class of throwable. Keeps shrinking from wandering to another one. */
        boolean resembles(Failed other) {
            return failure.getClass() == other.failure.getClass();
        }
    }

    /** Runs one case. Errors of the virtual machine, other than a full stack, are not outcomes and pass through. */
    static Outcome of(Body.Drawing body, Choices choices) {
        try {
            body.check(choices);
            return new Passed();
        } catch (Rejected rejected) {
            return new Discarded(String.valueOf(rejected.getMessage()));
        } catch (StackOverflowError overflow) {
            return new Failed(overflow, choices.recording());
        } catch (VirtualMachineError broken) {
            throw broken;
        } catch (Throwable failure) {
            return new Failed(failure, choices.recording());
        }
    }
}
