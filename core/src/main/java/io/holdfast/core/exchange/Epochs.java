package io.holdfast.core.exchange;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Names of epochs: how many the scope has had, a dash, and 16 random hexadecimal digits. */
final class Epochs {

    private Epochs() {}

    static String first(RandomGenerator random) {
        return name(1, random.nextLong());
    }

    /** The epoch after a restore. */
    static String next(String epoch, long random) {
        return name(number(epoch) + 1, random);
    }

    /** Whether the server was ever found to be restored. */
    static boolean restored(String epoch) {
        return number(epoch) > 1;
    }

    private static long number(String epoch) {
        return Long.parseLong(epoch.substring(0, epoch.indexOf('-')));
    }

    private static String name(long number, long random) {
        return number + "-" + HexFormat.of().toHexDigits(random);
    }
}
