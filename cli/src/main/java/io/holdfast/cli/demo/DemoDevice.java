package io.holdfast.cli.demo;

import io.holdfast.cli.device.ServerSettings;
import io.holdfast.cli.device.StoreOption;
import io.holdfast.cli.system.Host;
import io.holdfast.client.ClientOptions;
import io.holdfast.client.SyncClient;
import io.holdfast.client.SyncResult;
import io.holdfast.client.Totals;
import io.holdfast.client.Verification;
import io.holdfast.core.document.Document;
import io.holdfast.core.document.DocumentReader;
import io.holdfast.core.engine.RetryPolicy;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.store.PutOutcome;
import io.holdfast.store.Store;
import io.holdfast.store.Written;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One device of the demonstration: a real store on disk, which meets the server only when told to. Not thread-safe. */
final class DemoDevice implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int COMMIT_LINES = 500;

    private final String name;
    private final Path file;
    private final Host host;
    private final List<Totals> exchanged = new ArrayList<>();
    private Store store;

    private DemoDevice(String name, Path file, Host host, Store store) {
        this.name = name;
        this.file = file;
        this.host = host;
        this.store = store;
    }

    /** A device with a new store. */
    static DemoDevice create(String name, Path folder, Host host) {
        Path file = folder.resolve(name + ".db");
        return new DemoDevice(
                name, file, host, Store.open(file, DemoEvents.schema(), DemoServer.SCOPE, StoreOption.options(host)));
    }

    String name() {
        return name;
    }

    /** Where its store lies. */
    Path file() {
        return file;
    }

    Store store() {
        return store;
    }

    /** Gives the store up, so that another process can have it. */
    void release() {
        store.close();
    }

    /** Opens the store again. */
    void reopen() {
        store = Store.open(file, StoreOption.options(host));
    }

    /**
     * Writes records, one JSON object each, as {@code holdfast put} does.
     *
     * @return how many of them changed something
     */
    long write(List<String> lines) {
        DocumentReader reader = new DocumentReader(store.schema().collectionOrUnknown(DemoEvents.COLLECTION));
        long changed = 0;
        for (int from = 0; from < lines.size(); from += COMMIT_LINES) {
            List<Document> documents = lines.subList(from, Math.min(from + COMMIT_LINES, lines.size())).stream()
                    .map(line -> (Document) reader.read(line))
                    .toList();
            for (PutOutcome outcome : store.putAll(DemoEvents.COLLECTION, documents)) {
                changed += ((Written) outcome).changed() ? 1 : 0;
            }
        }
        return changed;
    }

    /** Exchanges until it is level with the server, or until the first failure. */
    SyncResult connect(String address, String token) throws InterruptedException {
        try (SyncClient client = client(address, token)) {
            SyncResult result = client.syncNow(PATIENCE);
            exchanged.add(result.totals());
            return result;
        }
    }

    /** Compares its actual rows with the server's. */
    Verification verify(String address, String token) throws InterruptedException {
        try (SyncClient client = client(address, token)) {
            return client.verify(true, PATIENCE);
        }
    }

    private SyncClient client(String address, String token) {
        ClientOptions options = ClientOptions.of(address, token)
                .withHints(false)
                .withRetry(RetryPolicy.defaults().withBackoff(Duration.ofMillis(50), Duration.ofMillis(500)));
        return SyncClient.connect(store, options, host.machine("demo-" + name));
    }

    /** Lets commands find the server when the demonstration goes on. */
    void remember(URI server, String token) {
        ServerSettings.remember(store, server, Optional.of(token));
    }

    /** What every exchange came to. */
    List<Totals> exchanged() {
        return List.copyOf(exchanged);
    }

    /** What it holds now. */
    ReplicaView view() {
        return store.storage().read(transaction -> {
            DeviceState device = transaction.device();
            DeviceState.Identity identity = device.identity();
            long sequence = device.progress().cursor().sequence();
            String fingerprint = new Digester(identity.scopeKey().orElseThrow())
                    .fingerprint(identity.scope(), device.progress().cursor().epoch(), sequence, transaction.root());
            return new ReplicaView(name, transaction.root().count(), sequence, fingerprint);
        });
    }

    @Override
    public void close() {
        store.close();
    }
}
