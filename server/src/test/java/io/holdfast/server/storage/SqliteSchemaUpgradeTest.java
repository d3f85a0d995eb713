package io.holdfast.server.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteSchemaUpgradeTest extends SchemaUpgradeContract {

    @TempDir
    Path folder;

    @Override
    SqlEngine newEngine() {
        return SqlEngine.sqlite(folder.resolve("server.db"));
    }
}
