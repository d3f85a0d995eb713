package io.holdfast.server.audit;

import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.SqliteDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteEventsTest extends EventsContract {

    @TempDir
    Path folder;

    @Override
    Database open() {
        return SqliteDatabase.open(folder.resolve("server.db"));
    }
}
