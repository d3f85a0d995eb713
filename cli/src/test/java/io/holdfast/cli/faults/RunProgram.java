package io.holdfast.cli.faults;

import io.holdfast.server.audit.Phase;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A run in a process of its own, which says that it has come to the middle of a phase, and stays there until it is killed. */
final class RunProgram {

    private RunProgram() {}

    /** Address of the database, folder of the sheet, phase. */
    public static void main(String[] args) {
        try (SellersTable table = SellersTable.at(args[0])) {
            table.run(
                    SellersSheet.in(Path.of(args[1])),
                    StruckDatabase.Blow.in(Phase.valueOf(args[2]), RunProgram::stay),
                    () -> {});
        }
    }

    private static void stay() {
        System.out.println("there");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
