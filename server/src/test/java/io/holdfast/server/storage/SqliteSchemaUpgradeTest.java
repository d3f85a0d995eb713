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

    @Override
    String indexText() {
        return "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'notes' AND name LIKE 'hf_index%'";
    }
}
