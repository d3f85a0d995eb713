package io.holdfast.server.storage;

import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.server.storage.sql.SqliteDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class SqliteServerStorageTest extends ConcurrentAppendsContract {

    @TempDir
    Path folder;

    @Override
    ServerStorage another() {
        return open();
    }

    @Override
    ServerStorage open() {
        return SqlServerStorage.open(SqliteDatabase.open(folder.resolve("server.db")), List.of(Samples.SCHEMA));
    }
}
