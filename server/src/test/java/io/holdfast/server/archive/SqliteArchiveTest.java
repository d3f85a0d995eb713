package io.holdfast.server.archive;

import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.SqliteDatabase;

class SqliteArchiveTest extends ArchiveContract {

    @Override
    Database open() {
        return SqliteDatabase.open(folder.resolve("server.db"));
    }
}
