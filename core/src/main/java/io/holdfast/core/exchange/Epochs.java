package io.holdfast.core.exchange;

import java.util.HexFormat;

/** Names of epochs: how many the scope has had, a dash, and 16 random hexadecimal digits. */
final class Epochs {

    /** A server is restored now and then; each restore takes back the epochs that began since its backup. */
    private static final long AHEAD_MAX = 1_000;

    private Epochs() {}

    static String first(long random) {
        return name(1, random);
    }

    /** The epoch after a restore. */
    static String next(String epoch, String named, long random) {
        return name(Math.max(number(epoch), number(named)) + 1, random);
    }

    /** Whether an epoch, as somebody names it, is not one that the other has replaced already. */
    static boolean current(String named, String epoch) {
        return number(named) >= number(epoch);
    }

    /** Whether an epoch, as somebody names it, comes after another. */
    static boolean later(String named, String epoch) {
        return number(named) > number(epoch);
    }

    /** Whether an epoch, as somebody names it, lies further ahead of the other than any number of restores explains. */
    static boolean absurd(String named, String epoch) {
        return number(named) - number(epoch) > AHEAD_MAX;
    }

    /** Whether the server was ever found to be restored. */
    static boolean restored(String epoch) {
        return number(epoch) > 1;
    }

    /** Under which the server itself counts in an epoch: its random digits, so that a restored server counts anew. */
    static long incarnation(String epoch) {
        try {
            return HexFormat.fromHexDigitsToLong(epoch.substring(epoch.indexOf('-') + 1));
        } catch (IllegalArgumentException notOurs) {
            return 0;
        }
    }

    /** How many epochs there were; 0 for a name that no server gave. */
    private static long number(String epoch) {
        int dash = epoch.indexOf('-');
        if (dash <= 0) {
            return 0;
        }
        try {
            return Long.parseLong(epoch, 0, dash, 10);
        } catch (NumberFormatException notOurs) {
            return 0;
        }
    }

    private static String name(long number, long random) {
        return number + "-" + HexFormat.of().toHexDigits(random);
    }
}
