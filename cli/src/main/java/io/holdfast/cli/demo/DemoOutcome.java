package io.holdfast.cli.demo;

import io.holdfast.core.account.ChangeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the demonstration ended.
 *
 * @param events how many were imported
 * @param promisesKept whether the killed device had all that it had promised
 * @param inFlightAfterCut changes that a device did not know the fate of after its connection was cut
 * @param earnings what users earned meanwhile
 * @param sheet what came of the spreadsheet, once it was read
 */
record DemoOutcome(
        long events,
        ReplicaView server,
        List<DeviceOutcome> devices,
        boolean promisesKept,
        long inFlightAfterCut,
        List<EarningsOutcome> earnings,
        Optional<SheetOutcome> sheet) {

    /** One record was written that the rules refuse. */
    static final long REFUSED = 1;

    /** Copies. */
    DemoOutcome {
        devices = List.copyOf(devices);
        earnings = List.copyOf(earnings);
    }

    /** The same, with what users earned. */
    DemoOutcome withEarnings(List<EarningsOutcome> earned) {
        return new DemoOutcome(events, server, devices, promisesKept, inFlightAfterCut, earned, sheet);
    }

    /** The same, with what came of the spreadsheet. */
    DemoOutcome withSheet(SheetOutcome read) {
        return new DemoOutcome(events, server, devices, promisesKept, inFlightAfterCut, earnings, Optional.of(read));
    }

    /** Everything that is not as it must be; empty if nothing is unaccounted for. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (server.records() != events) {
            problems.add("the server holds " + server.records() + " records instead of " + events);
        }
        if (!promisesKept) {
            problems.add("the killed device lost records that it had promised");
        }
        if (inFlightAfterCut == 0) {
            problems.add("nothing was in flight when the connection was cut");
        }
        if (quarantined() != REFUSED) {
            problems.add(quarantined() + " changes are in quarantine instead of " + REFUSED);
        }
        devices.forEach(device -> problems(device, problems));
        earnings.stream()
                .filter(earned -> !earned.agrees())
                .forEach(earned -> problems.add("the balances of " + earned.user() + " are not all "
                        + earned.expected().toPlainString() + ": the server has "
                        + earned.server().toPlainString() + ", the devices: " + earned.shown()));
        sheet.ifPresent(read -> problems.addAll(read.problems()));
        return problems;
    }

    private long quarantined() {
        return devices.stream()
                .mapToLong(device -> device.account().in(ChangeState.QUARANTINED))
                .sum();
    }

    private void problems(DeviceOutcome device, List<String> problems) {
        String name = device.name();
        if (!device.account().balanced()) {
            problems.add("the account of the " + name + " does not add up");
        }
        if (device.account().in(ChangeState.PENDING) + device.account().in(ChangeState.IN_FLIGHT) > 0) {
            problems.add("changes of the " + name + " are still on their way");
        }
        if (!device.replica().equalTo(server)) {
            problems.add("the " + name + " and the server have different fingerprints");
        }
        if (!device.proven()) {
            problems.add("the rows of the " + name + " are not proven equal to the server's");
        }
        if (device.visible() != events + device.account().in(ChangeState.QUARANTINED)) {
            problems.add("the " + name + " shows " + device.visible() + " records");
        }
        if (device.views() != viewsExpected()) {
            problems.add(
                    "the views on the " + name + " add up to " + device.views() + " instead of " + viewsExpected());
        }
    }

    /** Each device added its number, 1, 2 and so on, to each shared event: nothing may be lost, nothing counted twice. */
    long viewsExpected() {
        return (long) Demo.SHARED_EVENTS * devices.size() * (devices.size() + 1) / 2;
    }
}
