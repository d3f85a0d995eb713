package io.holdfast.cli.frame;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;

/** The name of a scope as people give it: one that a token could name, too. Stateless. */
public final class ScopeName {

    private static final int LENGTH_MAX = 128;

    private ScopeName() {}

    /**
     * The name itself.
     *
     * @throws HoldfastException USAGE if no token could ever cover a scope of that name
     */
    public static String checked(String name) {
        if (name.isBlank() || name.length() > LENGTH_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "A scope's name has 1 to " + LENGTH_MAX + " characters without controls; choose another.");
        }
        return name;
    }
}
