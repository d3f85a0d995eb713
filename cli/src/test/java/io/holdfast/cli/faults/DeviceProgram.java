package io.holdfast.cli.faults;

import io.holdfast.client.ClientOptions;
import io.holdfast.client.SyncClient;
import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.engine.RetryPolicy;
import io.holdfast.core.value.Value;
import io.holdfast.store.Records;
import io.holdfast.store.Store;
import io.holdfast.store.StoreOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A device in a process of its own, which synchronises all the time. Each line of its input is a number of rounds to write. It
 * prints {@code +ID;} once a record is durable, {@code ?ID;} before it deletes one and {@code -ID;} once the deletion is durable:
 * a line without its semicolon was cut off by a kill.
 *
 * <p>A round is a transaction of a record of its own and one added to the counter of {@value #COMMON}, so that the counter tells
 * exactly how many such records there must be; every third round also makes a record for a while.
 */
final class DeviceProgram {

    /** The record that all devices count in. */
    static final String COMMON = "common";

    /** The account of the records that were counted. */
    static final String COUNTED = "counted";

    private static final Duration BACKOFF = Duration.ofMillis(20);
    private static final Duration BACKOFF_MAX = Duration.ofMillis(300);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Store store;
    private final PrintStream out;

    private DeviceProgram(Store store, PrintStream out) {
        this.store = store;
        this.out = out;
    }

    /** @param args the store's file, the server's address and a token */
    public static void main(String[] args) throws IOException {
        RetryPolicy retry = new RetryPolicy(BACKOFF, BACKOFF_MAX, TIMEOUT, INTERVAL, 0);
        try (Store store = Store.open(Path.of(args[0]), StoreOptions.defaults());
                SyncClient client = SyncClient.connect(
                        store, ClientOptions.of(args[1], args[2]).withRetry(retry));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            DeviceProgram program = new DeviceProgram(store, System.out);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                program.write(Integer.parseInt(line));
            }
        }
    }

    private void write(int rounds) {
        for (int round = 0; round < rounds; round++) {
            say('+', counted());
            if (round % 3 == 2) {
                passing();
            }
        }
    }

    private String counted() {
        return store.transaction(transaction -> {
            Records entries = transaction.collection("entries");
            String id =
                    entries.add(Map.of("account", text(COUNTED), "at", now())).id();
            entries.put(
                    COMMON,
                    Map.of("account", text(COMMON), "at", now(), "notes", text(id), "views", new FieldEdit.Add(1)));
            return id;
        });
    }

    private void passing() {
        Records entries = store.collection("entries");
        String id = entries.add(Map.of("account", text("passing"), "at", now())).id();
        say('+', id);
        say('?', id);
        entries.delete(id);
        say('-', id);
    }

    private void say(char what, String id) {
        out.print(what + id + ";\n");
        out.flush();
    }

    private static FieldEdit now() {
        return new FieldEdit.Assign(
                new Value.Time(StoreOptions.defaults().clock().millis() * 1_000));
    }

    private static FieldEdit text(String text) {
        return new FieldEdit.Assign(new Value.Text(text));
    }
}
