package io.holdfast.server.audit;

import io.holdfast.server.storage.PostgresServer;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.PostgresDatabase;

class PostgresEventsTest extends EventsContract {

    @Override
    Database open() {
        return PostgresDatabase.open(PostgresServer.freshUrl(), 2);
    }
}
