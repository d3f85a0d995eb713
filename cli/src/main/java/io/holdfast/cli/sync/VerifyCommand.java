package io.holdfast.cli.sync;

import io.holdfast.cli.device.StoreOption;
import io.holdfast.cli.frame.ExitCode;
import io.holdfast.cli.frame.JsonLine;
import io.holdfast.cli.frame.JsonOption;
import io.holdfast.cli.frame.Operation;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.cli.system.Host;
import io.holdfast.client.SyncClient;
import io.holdfast.client.Verification;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.Proof;
import io.holdfast.core.record.RecordKey;
import io.holdfast.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** Proves that a store and its server hold the same. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Compares the device's store with its server by their fingerprints (L0), and every row of the store with"
                    + " its stored digest (L1).",
            "With --deep also the actual rows of both sides, under a fresh challenge (L2). The exit code is 1 if"
                    + " anything differs; the differing records are printed. With --repair damaged rows of the store are"
                    + " first replaced by the server's records, one by one; changes that wait to be sent are not touched.",
            "A row of the server that the digests of both sides prove to be damaged is written again from the store's"
                    + " record by --deep alone. Each finding is kept: see 'holdfast gaps list'."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  holdfast verify --store phone.db",
            "  holdfast verify --store phone.db --deep --json",
            "  holdfast verify --store phone.db --repair"
        })
public final class VerifyCommand implements Operation {

    private static final Duration PATIENCE = Duration.ofDays(1);

    private final Terminal terminal;
    private final Host host;

    @Mixin
    private StoreOption store;

    @Mixin
    private ServerOption server;

    @Option(
            names = "--deep",
            description =
                    "Challenge the server to hash its actual rows, too, and check every page of the store's file.")
    private boolean deep;

    @Option(names = "--repair", description = "First replace damaged rows of the store by the server's records.")
    private boolean repair;

    @Mixin
    private JsonOption output;

    /** Prints to this terminal. */
    public VerifyCommand(Terminal terminal, Host host) {
        this.terminal = terminal;
        this.host = host;
    }

    @Override
    public ExitCode run() throws InterruptedException {
        List<RecordKey> replaced = List.of();
        Verification verification;
        Optional<HoldfastException> file;
        try (Store opened = store.open(host);
                SyncClient client = SyncClient.connect(
                        opened, server.connection(opened, store.file(), host), host.machine("holdfast-verify"))) {
            if (repair) {
                replaced = repaired(client);
            }
            verification = client.verify(deep, PATIENCE);
            file = deep || repair ? damage(opened) : Optional.empty();
        }
        if (output.json()) {
            printJson(verification, replaced);
        } else {
            replaced.forEach(key -> terminal.out().println("replaced by the server's record: " + key));
            print(verification);
        }
        file.ifPresent(damage -> {
            throw damage;
        });
        // Damage found on this side is told even if the server could not be asked.
        if (verification.failure().isPresent() && verification.wrong().isEmpty()) {
            throw SyncFailure.of(verification.failure().get());
        }
        return verification.equal() ? ExitCode.FINE : ExitCode.WRONG;
    }

    private static Optional<HoldfastException> damage(Store store) {
        try {
            store.checkFile();
            return Optional.empty();
        } catch (HoldfastException damaged) {
            return Optional.of(damaged);
        }
    }

    private static List<RecordKey> repaired(SyncClient client) throws InterruptedException {
        SyncClient.Repair outcome = client.repair(PATIENCE);
        outcome.result().failure().ifPresent(failure -> {
            throw SyncFailure.of(failure);
        });
        return outcome.damaged();
    }

    private void print(Verification verification) {
        verification.proofs().forEach(proof -> terminal.out().println(ProofJson.text(proof)));
        if (verification.repaired() > 0) {
            terminal.out().println(verification.repaired() + " differing records were found and repaired.");
        }
        verification.damaged().forEach(key -> terminal.out().println("damaged here: " + key));
        verification.differing().forEach(key -> terminal.out().println("differs from the server: " + key));
        if (!verification.wrong().isEmpty()) {
            int number = verification.wrong().size();
            terminal.err()
                    .println("holdfast: "
                            + (number == 1 ? "1 record is not what it" : number + " records are not what they")
                            + " should be; "
                            + (verification.repaired() == 0
                                    ? "nothing was changed."
                                    : "see 'holdfast gaps list --all' for what was put right."));
        } else if (!verification.equal() && verification.failure().isEmpty()) {
            terminal.err()
                    .println(
                            "holdfast: The totals differ, though no single record does; run 'holdfast verify --repair',"
                                    + " and make a new store if that does not help.");
        }
    }

    private void printJson(Verification verification, List<RecordKey> replaced) {
        JsonLine.print(terminal.out(), json -> {
            json.writeBooleanProperty("equal", verification.equal());
            json.writeArrayPropertyStart("proofs");
            for (Proof proof : verification.proofs()) {
                ProofJson.write(Optional.of(proof), json);
            }
            json.writeEndArray();
            write("damaged", verification.damaged(), json);
            write("differing", verification.differing(), json);
            write("replaced", replaced, json);
            json.writeNumberProperty("repaired", verification.repaired());
        });
    }

    private static void write(String name, List<RecordKey> keys, JsonGenerator json) {
        json.writeArrayPropertyStart(name);
        for (RecordKey key : keys) {
            json.writeStartObject();
            json.writeStringProperty("collection", key.collection());
            json.writeStringProperty("id", key.id());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
