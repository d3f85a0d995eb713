package io.holdfast.cli.demo;

import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one user had earned in the end, coins.
 *
 * @param expected rate × the time that he mined, each moment once
 * @param server his balance at the server
 * @param devices what each of his devices shows
 */
record EarningsOutcome(String user, BigDecimal expected, BigDecimal server, SortedMap<String, BigDecimal> devices) {

    /** Copies. */
    EarningsOutcome {
        devices = new TreeMap<>(devices);
    }

    /** Whether all agree to the last digit. */
    boolean agrees() {
        return same(server) && devices.values().stream().allMatch(this::same);
    }

    private boolean same(BigDecimal shown) {
        return shown.compareTo(expected) == 0;
    }

    /** What the devices show, for people. */
    String shown() {
        return devices.entrySet().stream()
                .map(device -> device.getKey() + " " + device.getValue().toPlainString())
                .collect(Collectors.joining(", "));
    }
}
