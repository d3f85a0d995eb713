package io.holdfast.server.schedule;

import io.holdfast.server.storage.PostgresServer;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.PostgresDatabase;

class PostgresJobsTest extends JobsContract {

    @Override
    Database open() {
        return PostgresDatabase.open(PostgresServer.freshUrl(), 2);
    }
}
