package io.holdfast.server.storage;

import io.holdfast.server.auth.TokenStorage;
import io.holdfast.server.auth.TokenStorageContract;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.PostgresDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class PostgresTokenStorageTest extends TokenStorageContract {

    private Database database;

    @BeforeEach
    void openDatabase() {
        database = PostgresDatabase.open(PostgresServer.freshUrl());
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
