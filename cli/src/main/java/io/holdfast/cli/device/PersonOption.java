package io.holdfast.cli.device;

import io.holdfast.cli.system.Host;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who decides: written down by every command that decides something. */
public final class PersonOption {

    private static final int LENGTH_MAX = 1_000;

    @Option(names = "--by", paramLabel = "NAME", description = "Who decides; you, if it is left out.")
    private @Nullable String by;

    /**
     * Who.
     *
     * @throws HoldfastException USAGE if it says nothing, or too much
     */
    public String name(Host host) {
        return checked("name", Optional.ofNullable(by).orElse(host.person()));
    }

    /** Whether the option was given. */
    public boolean given() {
        return by != null;
    }

    static String checked(String what, String text) {
        if (text.isBlank() || text.length() > LENGTH_MAX || text.chars().anyMatch(Character::isISOControl)) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "The " + what + " has 1 to " + LENGTH_MAX + " characters in one line; write it so.");
        }
        return text.strip();
    }
}
