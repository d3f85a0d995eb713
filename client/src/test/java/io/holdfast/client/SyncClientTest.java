package io.holdfast.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.engine.RetryPolicy;
import io.holdfast.core.value.Value;
import io.holdfast.store.Store;
import io.holdfast.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients with real stores against a real server, through a network that fails. */
class SyncClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RetryPolicy EAGER =
            RetryPolicy.defaults().withBackoff(Duration.ofMillis(20), Duration.ofMillis(100));

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Garden garden = opened(Garden.open());

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    private Store store(String name) {
        return opened(Store.open(folder.resolve(name), Garden.SCHEMA, Garden.SCOPE, StoreOptions.defaults()));
    }

    private ClientOptions quiet() {
        return ClientOptions.of(garden.address(), garden.token())
                .withHints(false)
                .withRetry(EAGER);
    }

    private SyncClient connect(Store store, ClientOptions options) {
        return opened(SyncClient.connect(store, options));
    }

    private static void plant(Store store, String id, String name) {
        store.collection("plants").put(id, Map.of("name", new FieldEdit.Assign(new Value.Text(name))));
    }

    private static String name(Store store, String id) {
        return store.collection("plants")
                .get(id)
                .map(record -> record.value("name"))
                .map(value -> value instanceof Value.Text text ? text.text() : "")
                .orElse("");
    }

    @Test
    void bringsWhatWasWrittenOfflineToAnotherDeviceAndProvesIt() throws InterruptedException {
        Store phone = store("phone");
        for (int i = 0; i < 50; i++) {
            plant(phone, "p" + i, "rose " + i);
        }

        SyncResult pushed = connect(phone, quiet()).syncNow(PATIENCE);
        Store laptop = store("laptop");
        SyncResult pulled = connect(laptop, quiet()).syncNow(PATIENCE);

        assertThat(pushed.failure()).isEmpty();
        assertThat(pushed.proven()).isTrue();
        assertThat(pushed.totals().pushed()).isEqualTo(50);
        assertThat(pushed.proof().orElseThrow().records()).isEqualTo(50);
        assertThat(pulled.totals().pulled()).isEqualTo(50);
        assertThat(pulled.proven()).isTrue();
        assertThat(name(laptop, "p49")).isEqualTo("rose 49");
    }
}
