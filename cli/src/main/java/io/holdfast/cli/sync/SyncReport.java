package io.holdfast.cli.sync;

import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.client.SyncResult;
import io.holdfast.client.Totals;
import io.holdfast.core.local.Proof;
import java.util.Locale;

/** What came of an exchange that went through. Immutable. */
record SyncReport(String server, SyncResult result) {

    ExitCode exitCode() {
        return result.proven() && result.totals().refused() == 0 ? ExitCode.FINE : ExitCode.WRONG;
    }

    void print(Terminal terminal) {
        Totals totals = result.totals();
        terminal.out()
                .println(String.format(
                        Locale.ROOT,
                        "Level with %s: %,d sent, %,d received, %,d round trips, %,d bytes.",
                        server,
                        totals.pushed() + totals.refused(),
                        totals.pulled(),
                        totals.traffic().roundTrips(),
                        totals.traffic().sentBytes() + totals.traffic().receivedBytes()));
        result.proof().ifPresent(proof -> terminal.out().println(proven(proof)));
        if (totals.repaired() > 0) {
            terminal.out().println(totals.repaired() + " differing records were found and repaired.");
        }
        if (totals.conflicts() > 0) {
            terminal.out().println(changes(totals.conflicts()) + " lost to others; see 'holdfast conflicts list'.");
        }
        if (totals.refused() > 0) {
            terminal.err()
                    .println("holdfast: The server refused " + changes(totals.refused())
                            + "; see 'holdfast quarantine list'.");
        }
    }

    private static String changes(long number) {
        return number + (number == 1 ? " change" : " changes");
    }

    private static String proven(Proof proof) {
        String records = String.format(Locale.ROOT, "%,d", proof.records());
        return proof.equal()
                ? "Proven: both sides hold the same " + records + " records."
                : "Not equal: the fingerprints of " + records + " records differ; run 'holdfast verify --deep'.";
    }

    void printJson(Terminal terminal) {
        Totals totals = result.totals();
        JsonLine.print(terminal.out(), json -> {
            json.writeStringProperty("server", server);
            json.writeBooleanProperty("level", result.level());
            json.writeNumberProperty("pushed", totals.pushed());
            json.writeNumberProperty("pulled", totals.pulled());
            json.writeNumberProperty("conflicts", totals.conflicts());
            json.writeNumberProperty("refused", totals.refused());
            json.writeNumberProperty("repaired", totals.repaired());
            json.writeNumberProperty("roundTrips", totals.traffic().roundTrips());
            json.writeNumberProperty("sentBytes", totals.traffic().sentBytes());
            json.writeNumberProperty("receivedBytes", totals.traffic().receivedBytes());
            json.writeName("proof");
            ProofJson.write(result.proof(), json);
        });
    }
}
