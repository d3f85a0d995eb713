package io.holdfast.cli.device;

import io.holdfast.cli.system.Host;
import io.holdfast.core.error.HoldfastException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who decides, and why: asked for by every command that gives a value up. */
public final class DecisionOption {

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept in the history.")
    private String reason;

    @Mixin
    private PersonOption person;

    /**
     * Why.
     *
     * @throws HoldfastException USAGE if it says nothing, or too much
     */
    public String reason() {
        return PersonOption.checked("reason", reason);
    }

    /** Who. */
    public String person(Host host) {
        return person.name(host);
    }

    /** Whether a person was named. */
    public boolean personGiven() {
        return person.given();
    }
}
