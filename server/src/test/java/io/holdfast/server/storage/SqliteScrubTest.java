package io.holdfast.server.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteScrubTest extends ScrubContract {

    @TempDir
    Path folder;

    @Override
    SqlEngine engine() {
        return SqlEngine.sqlite(folder.resolve("server.db"));
    }
}
