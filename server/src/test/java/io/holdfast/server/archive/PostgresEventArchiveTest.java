package io.holdfast.server.archive;

import io.holdfast.server.storage.PostgresServer;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.PostgresDatabase;

class PostgresEventArchiveTest extends EventArchiveContract {

    @Override
    Database open() {
        return PostgresDatabase.open(PostgresServer.freshUrl(), 2);
    }
}
