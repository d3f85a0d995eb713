package io.holdfast.server.storage;

import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.server.storage.sql.PostgresDatabase;
import java.util.List;

class PostgresServerStorageTest extends ConcurrentAppendsContract {

    @Override
    ServerStorage open() {
        return SqlServerStorage.open(PostgresDatabase.open(PostgresServer.freshUrl()), List.of(Samples.SCHEMA));
    }
}
