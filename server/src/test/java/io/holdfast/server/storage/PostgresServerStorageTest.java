package io.holdfast.server.storage;

import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.server.storage.sql.PostgresDatabase;
import java.util.List;

class PostgresServerStorageTest extends ConcurrentAppendsContract {

    private final String url = PostgresServer.freshUrl();

    @Override
    ServerStorage open() {
        return SqlServerStorage.open(PostgresDatabase.open(url), List.of(Samples.SCHEMA));
    }

    @Override
    ServerStorage another() {
        return open();
    }
}
