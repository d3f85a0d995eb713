package io.holdfast.server.settings;

import static org.awaitility.Awaitility.await;

import io.holdfast.server.storage.PostgresServer;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.PostgresDatabase;
import org.junit.jupiter.api.Test;

class PostgresSettingsTest extends SettingsContract {

    private final String url = PostgresServer.freshUrl();

    @Override
    Database open() {
        return PostgresDatabase.open(url, 2);
    }

    @Test
    void v46AMessageTellsTheOtherProcessAtOnce() {
        try (Database other = open()) {
            LiveSettings live = live(other);
            live.now();
            long[] version = {1};
            // Time stands still for the other process: only the message can make it look.
            await().until(() -> {
                settings().change(version[0], SyncSettings.defaults(), "ann", "");
                version[0]++;
                return live.version().version() > 1;
            });
        }
    }
}
