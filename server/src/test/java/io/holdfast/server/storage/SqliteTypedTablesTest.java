package io.holdfast.server.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteTypedTablesTest extends TypedTablesContract {

    @TempDir
    Path folder;

    @Override
    SqlEngine newEngine() {
        return SqlEngine.sqlite(folder.resolve("server.db"));
    }

    @Override
    String instantText() {
        return "SELECT strftime('%Y-%m-%dT%H:%M:%S', (at - (at % 1000000 + 1000000) % 1000000) / 1000000, 'unixepoch')"
                + " || printf('.%06dZ', (at % 1000000 + 1000000) % 1000000) FROM entries";
    }
}
