package io.holdfast.server.dashboard;

import io.holdfast.server.storage.PostgresServer;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.PostgresDatabase;

class PostgresDashboardsTest extends DashboardsContract {

    @Override
    Database open() {
        return PostgresDatabase.open(PostgresServer.freshUrl(), 2);
    }
}
