package io.holdfast.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.value.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteForeignWritesTest extends ForeignWritesContract {

    @TempDir
    Path folder;

    @Override
    SqlEngine engine() {
        return SqlEngine.sqlite(folder.resolve("server.db"));
    }

    @Override
    int tries() {
        return 300;
    }

    @Test
    void replacedRowsAreNotedAlthoughReplaceRunsNoDeleteTrigger() {
        insertOne();
        engine.execute("REPLACE INTO accounts (scope, id, number) VALUES ('s', 'a', 9)");
        assertThat(number("a")).isEqualTo(new Value.Int(1));
        fold();
        assertThat(number("a")).isEqualTo(new Value.Int(9));
        engine.execute("INSERT OR IGNORE INTO accounts (scope, id, number) VALUES ('s', 'a', 10)");
        fold();
        assertThat(number("a")).isEqualTo(new Value.Int(9));
        assertThat(engine.value("SELECT count(*) FROM hf_foreign_write")).isEqualTo("0");
    }

    private void insertOne() {
        engine.execute("INSERT INTO accounts (scope, id, number) VALUES ('s', 'a', 1)");
        fold();
    }
}
