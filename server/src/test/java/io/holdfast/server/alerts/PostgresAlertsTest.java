package io.holdfast.server.alerts;

import io.holdfast.server.storage.PostgresServer;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.PostgresDatabase;

class PostgresAlertsTest extends AlertsContract {

    @Override
    Database open() {
        return PostgresDatabase.open(PostgresServer.freshUrl(), 2);
    }
}
