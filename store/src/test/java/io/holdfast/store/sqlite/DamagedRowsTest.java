package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that hold what the store never wrote, in a file that is sound to SQLite. */
class DamagedRowsTest {

    private static final RecordKey KEY = Samples.note("a");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void fill() {
        file = folder.resolve("a.holdfast");
        try (SqliteLocalStorage storage = open()) {
            storage.write(transaction -> {
                Samples.save(
                        transaction,
                        Samples.with(
                                LocalRecord.absent(KEY),
                                Samples.pending(transaction.nextOrder(), 0, Samples.titled(1, "title"))));
                return 0;
            });
        }
    }

    private SqliteLocalStorage open() {
        return SqliteLocalStorage.open(
                file,
                new Opening(Optional.of(Samples.SCHEMA), Optional.of("scope"), "replica", 7),
                SqliteOptions.defaults().withCheck(SqliteOptions.Check.HEADER));
    }

    private void damage(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"meta BLOB", "edit BLOB", "_hf_account"})
    void definitionsAreSaidToBeDamagedToo(String text) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA writable_schema = ON");
            assertThat(statement.executeUpdate("UPDATE sqlite_schema SET sql = replace(sql, '" + text + "', 'x" + text
                            + "'), name = replace(name, '" + text + "', 'x" + text
                            + "'), tbl_name = replace(tbl_name, '"
                            + text + "', 'x" + text + "') WHERE sql LIKE '%" + text + "%'"))
                    .isPositive();
        }
        assertThat(refusal().code()).isEqualTo(ErrorCode.STORE_DAMAGED);
    }

    @Test
    void rowsThatStandOutOfOrderEndNoWalkInACircle() throws SQLException {
        try (SqliteLocalStorage storage = open()) {
            storage.write(transaction -> {
                Samples.save(
                        transaction,
                        Samples.with(
                                LocalRecord.absent(Samples.note("b")),
                                Samples.pending(transaction.nextOrder(), 0, Samples.titled(1, "title"))));
                return 0;
            });
        }
        script("PRAGMA writable_schema = ON", "UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')')");
        // SQLite puts any bytes after all texts.
        script("UPDATE _hf_layer SET id = CAST(id AS BLOB) WHERE id = 'a'");

        try (SqliteLocalStorage storage = open()) {
            HoldfastException refused = catchThrowableOfType(
                    HoldfastException.class, () -> storage.<List<RecordKey>>read(DamagedRowsTest::walk));
            assertThat(refused.code()).isEqualTo(ErrorCode.STORE_DAMAGED);
        }
    }

    @Test
    void aTombstoneThatCannotBeReadAnyMoreCanBeTakenAway() throws SQLException {
        try (SqliteLocalStorage storage = open()) {
            storage.write(transaction -> {
                RecordState state = Samples.deleted(Samples.titled(1, "title"), 8);
                Samples.save(transaction, Samples.confirmed(Samples.note("t"), state, 4));
                return 0;
            });
        }
        damage("UPDATE _hf_head SET meta = x'ff' WHERE id = 't'");

        try (SqliteLocalStorage storage = open()) {
            // Whoever offers what was confirmed above a sequence goes on until there is nothing.
            List<LocalRecord> left = storage.write(transaction -> {
                transaction
                        .confirmedAbove(0, 10)
                        .forEach(record -> transaction.save(
                                record,
                                record.withConfirmed(RecordState.ABSENT, 0, Digest.NONE, -1),
                                RecordState.ABSENT));
                return transaction.confirmedAbove(0, 10);
            });
            assertThat(left).isEmpty();
        }
    }

    private static List<RecordKey> walk(LocalTransaction transaction) {
        List<RecordKey> seen = new ArrayList<>();
        Optional<RecordKey> after = Optional.empty();
        do {
            List<LocalRecord> page = transaction.changed(after, 1);
            after = page.stream().map(LocalRecord::key).findFirst();
            after.ifPresent(seen::add);
            assertThat(seen).hasSizeLessThan(5);
        } while (after.isPresent());
        return seen;
    }

    private void script(String... lines) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String line : lines) {
                statement.execute(line);
            }
        }
    }

    private HoldfastException refusal() {
        return catchThrowableOfType(HoldfastException.class, () -> {
            try (SqliteLocalStorage storage = open()) {
                storage.<LocalRecord>read(transaction -> transaction.record(KEY));
                storage.find(KEY);
                storage.read(LocalTransaction::account);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE _hf_layer SET edit = x'ff'",
                "UPDATE _hf_layer SET edit = x''",
                "UPDATE _hf_layer SET state = 77",
                "UPDATE _hf_device SET state = x'00'",
                "DELETE FROM _hf_device",
                "DELETE FROM _hf_account",
                "UPDATE _hf_account SET root = x'01'",
                "UPDATE _hf_layer SET head = x'0102'",
                "DELETE FROM _hf_schema",
                "UPDATE _hf_schema SET json = '{\"name\":'",
                "DELETE FROM _hf_collection",
                "UPDATE notes SET title = 'a' || char(0)"
            })
    void areSaidToBeDamage(String sql) throws SQLException {
        damage(sql);
        HoldfastException refused = refusal();
        assertThat(refused.code()).isEqualTo(ErrorCode.STORE_DAMAGED);
        assertThat(refused)
                .hasMessage(
                        "The store's file is damaged. Restore it from a backup, or make a new store and synchronise it.");
    }
}
