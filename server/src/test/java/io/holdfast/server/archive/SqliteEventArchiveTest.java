package io.holdfast.server.archive;

import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.SqliteDatabase;

class SqliteEventArchiveTest extends EventArchiveContract {

    @Override
    Database open() {
        return SqliteDatabase.open(folder.resolve("server.db"));
    }
}
