package io.holdfast.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.exchange.ServerStorage;
import io.holdfast.core.exchange.memory.InMemoryServerStorage;
import io.holdfast.core.reconcile.ContentDigester;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.value.Value;
import io.holdfast.server.storage.sql.SqliteDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentsTest {

    @Nested
    class InMemory extends ContentsContract {
        @Override
        ServerStorage open() {
            return new InMemoryServerStorage();
        }
    }

    @Nested
    class Sqlite extends ContentsContract {
        @TempDir
        private Path folder;

        @Override
        ServerStorage open() {
            return SqlServerStorage.open(SqliteDatabase.open(folder.resolve("server.db")), List.of(Samples.SCHEMA));
        }
    }

    @Nested
    class Postgres extends ContentsContract {
        private SqlEngine engine = SqlEngine.postgres();

        @Override
        ServerStorage open() {
            return SqlServerStorage.open(engine.open(), List.of(Samples.SCHEMA));
        }

        /** Written by another program; Holdfast reads them as nothing, and as 0. */
        @Test
        void numbersThatNoFieldHoldsCountAsTheyAreRead() {
            engine.execute("INSERT INTO entries (scope, id, ratio) VALUES ('s', 'a', 'NaN'), ('s', 'b', '-0')");
            ContentDigester digester = new ContentDigester(new byte[0], List.of("ratio"));
            storage.snapshot("s", snapshot -> {
                var sums = snapshot.contents("entries", digester);
                assertThat(sums.leaf(ContentDigester.bucket("a")).plus(sums.leaf(ContentDigester.bucket("b"))))
                        .isEqualTo(DigestSum.ZERO
                                .plus(digester.digest("a", field -> Value.NULL))
                                .plus(digester.digest("b", field -> new Value.Real(0))));
                return true;
            });
        }
    }
}
