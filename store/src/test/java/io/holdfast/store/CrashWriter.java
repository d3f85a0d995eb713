package io.holdfast.store;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.value.Value;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/** A process that writes to a store from several threads until it is killed, and prints each id once it is durable. */
final class CrashWriter {

    private static final int THREADS = 4;

    private CrashWriter() {}

    public static void main(String[] args) {
        Store store = Store.open(Path.of(args[0]), StoreTest.SCHEMA, "ann", StoreOptions.defaults());
        System.out.println("open");
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            Thread.ofPlatform().start(() -> write(store, thread, System.out));
        }
    }

    private static void write(Store store, int thread, PrintStream out) {
        Records entries = store.collection("entries");
        for (long number = 0; ; number++) {
            FieldEdit account = new FieldEdit.Assign(new Value.Text("thread " + thread));
            if (number % 5 == 4) {
                String twin = store.transaction(transaction -> {
                    Records within = transaction.collection("entries");
                    String id = within.add(Map.of("account", account)).id();
                    within.put("twin-" + id, Map.of("account", account));
                    return id;
                });
                out.println(twin + "\ntwin-" + twin);
            } else {
                out.println(entries.add(Map.of("account", account)).id());
            }
            entries.put("common", Map.of("account", account, "views", new FieldEdit.Add(1)));
        }
    }
}
