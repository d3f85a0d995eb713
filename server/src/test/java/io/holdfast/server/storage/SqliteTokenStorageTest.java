package io.holdfast.server.storage;

import io.holdfast.server.auth.TokenStorage;
import io.holdfast.server.auth.TokenStorageContract;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.SqliteDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteTokenStorageTest extends TokenStorageContract {

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void openDatabase() {
        database = SqliteDatabase.open(folder.resolve("server.db"));
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Override
    protected TokenStorage storage() {
        return new SqlTokenStorage(database);
    }
}
