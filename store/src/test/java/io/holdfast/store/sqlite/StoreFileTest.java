package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.value.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no store, no longer whole, or full. */
class StoreFileTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("a.holdfast");
    }

    private static SqliteLocalStorage open(Path file, SqliteOptions options) {
        return SqliteLocalStorage.open(
                file, new Opening(Optional.of(Samples.SCHEMA), Optional.of("scope"), "replica", 7), options);
    }

    private HoldfastException refusal(SqliteOptions options) {
        return catchThrowableOfType(
                HoldfastException.class, () -> open(file, options).close());
    }

    private void fill(int records) {
        try (SqliteLocalStorage storage = open(file, SqliteOptions.defaults())) {
            storage.write(transaction -> {
                for (int i = 0; i < records; i++) {
                    add(transaction, i);
                }
                return 0;
            });
        }
    }

    private static void add(LocalTransaction transaction, int number) {
        RecordKey key = Samples.note(String.format("%06d", number));
        Samples.save(
                transaction,
                Samples.with(
                        LocalRecord.absent(key),
                        Samples.pending(transaction.nextOrder(), 0, Samples.titled(number + 1L, "title " + number))));
    }

    @Test
    void aQuestionMarkInAPathIsAPartOfTheName() throws IOException {
        String name = "50%20#1?journal_mode=OFF&synchronous=OFF";
        file = file.resolveSibling(name);
        fill(3);
        fill(0);
        try (SqliteLocalStorage storage = open(file, SqliteOptions.defaults())) {
            assertThat(storage.<Integer>read(
                            transaction -> transaction.pending(10).size()))
                    .isEqualTo(3);
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(each -> each.getFileName().toString())).allMatch(each -> each.startsWith(name));
        }
    }

    @Test
    void aFileOfSomethingElseIsNoStore() throws IOException {
        Files.writeString(file, "{ \"name\": \"journal\" } ".repeat(100));
        assertThat(refusal(SqliteOptions.defaults()).code()).isEqualTo(ErrorCode.STORE_NOT_A_STORE);
        assertThat(file).content().startsWith("{ \"name\"");
    }

    @Test
    void aStoreOfAnEarlierFormatIsUpgradedAndLosesNothing() throws SQLException {
        fill(3);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE _hf_gap");
            statement.execute("DROP TABLE _hf_audit");
            statement.execute("PRAGMA user_version = 1");
        }
        try (SqliteLocalStorage storage = open(file, SqliteOptions.defaults())) {
            assertThat(storage.<Integer>read(
                            transaction -> transaction.pending(10).size()))
                    .isEqualTo(3);
            assertThat(storage.<Long>read(transaction -> transaction.trail().unclosed()))
                    .isZero();
        }
    }

    @Test
    void aStoreOfALaterFormatIsLeftAlone() throws SQLException {
        fill(1);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        assertThat(refusal(SqliteOptions.defaults())).hasMessageContaining("newer version");
    }

    @Test
    void aDatabaseOfSomebodyElseIsNoStore() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE a (b)");
        }
        HoldfastException refusal = refusal(SqliteOptions.defaults());
        assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_NOT_A_STORE);
        assertThat(refusal).hasMessageContaining("no Holdfast store");
    }

    @Test
    void aMissingStoreIsNotMadeWithoutASchema() {
        HoldfastException refusal = catchThrowableOfType(
                HoldfastException.class,
                () -> SqliteLocalStorage.open(file, Opening.asItIs(1), SqliteOptions.defaults())
                        .close());
        assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_NOT_A_STORE);
        assertThat(file).doesNotExist();
    }

    @Test
    void aMissingFolderIsTold() {
        file = folder.resolve("none/a.holdfast");
        assertThat(refusal(SqliteOptions.defaults()).code()).isEqualTo(ErrorCode.STORE_IO);
    }

    @Test
    void anEmptyFileWasCutShort() throws IOException {
        Files.createFile(file);
        assertThat(refusal(SqliteOptions.defaults()).code()).isEqualTo(ErrorCode.STORE_DAMAGED);
    }

    @Test
    void aTruncatedStoreIsDamaged() throws IOException {
        fill(2_000);
        for (long size : new long[] {50, 100, 4096, 40_000, Files.size(file) - 1}) {
            Path whole = folder.resolve("whole");
            Files.copy(file, whole, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(size);
            }
            assertThat(refusal(SqliteOptions.defaults()).code())
                    .as("cut to " + size)
                    .isEqualTo(ErrorCode.STORE_DAMAGED);
            Files.copy(whole, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        open(file, SqliteOptions.defaults()).close();
    }

    @Test
    void aZeroFilledStoreIsDamaged() throws IOException {
        fill(10);
        Files.write(file, new byte[(int) Files.size(file)]);
        assertThat(refusal(SqliteOptions.defaults()).code()).isEqualTo(ErrorCode.STORE_DAMAGED);
    }

    @Test
    void damageWithinIsFoundByTheCheckThatIsAskedFor() throws IOException {
        fill(2_000);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (long page = 30; page < 60; page++) {
                channel.write(ByteBuffer.wrap("damage".getBytes(StandardCharsets.UTF_8)), page * 4096);
            }
        }
        assertThat(refusal(SqliteOptions.defaults().withCheck(SqliteOptions.Check.QUICK))
                        .code())
                .isEqualTo(ErrorCode.STORE_DAMAGED);
        assertThat(refusal(SqliteOptions.defaults().withCheck(SqliteOptions.Check.FULL))
                        .code())
                .isEqualTo(ErrorCode.STORE_DAMAGED);
    }

    @Test
    void aSoundStorePassesEveryCheck() {
        fill(100);
        for (SqliteOptions.Check check : SqliteOptions.Check.values()) {
            open(file, SqliteOptions.defaults().withCheck(check)).close();
        }
    }

    @Test
    void theStoreOfAnotherScopeIsRefused() {
        fill(1);
        HoldfastException refusal = catchThrowableOfType(
                HoldfastException.class,
                () -> SqliteLocalStorage.open(
                                file,
                                new Opening(Optional.of(Samples.SCHEMA), Optional.of("other"), "replica", 7),
                                SqliteOptions.defaults())
                        .close());
        assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_OTHER_SCOPE);
    }

    @Test
    void aSecondOpeningIsRefusedUntilTheFirstIsClosed() {
        try (SqliteLocalStorage first = open(file, SqliteOptions.defaults())) {
            HoldfastException refusal = refusal(SqliteOptions.defaults());
            assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_IN_USE);
            assertThat(refusal).hasMessageContaining("Close the program");
            assertThat(first.read(LocalTransaction::frozenCount)).isZero();
        }
        open(file, SqliteOptions.defaults()).close();
    }

    @Test
    void aFullDiskFailsTheWriteAndKeepsTheRest() {
        fill(100);
        try (SqliteLocalStorage storage = open(file, SqliteOptions.defaults().withPagesMax(pages() + 20))) {
            int written = 100;
            HoldfastException full = null;
            while (full == null) {
                int next = written;
                full = catchThrowableOfType(
                        HoldfastException.class,
                        () -> storage.write(transaction -> {
                            add(transaction, next);
                            transaction.account(transaction.account().make());
                            return 0;
                        }));
                written += full == null ? 1 : 0;
            }
            assertThat(full.code()).isEqualTo(ErrorCode.STORE_FULL);
            assertThat(written).isGreaterThan(100);
            assertThat(storage.<Integer>read(
                            transaction -> transaction.pending(100_000).size()))
                    .isEqualTo(written);
            long made = storage.read(transaction -> transaction.account().made());
            assertThat(made).isEqualTo(written - 100);
        }
        open(file, SqliteOptions.defaults().withCheck(SqliteOptions.Check.FULL)).close();
    }

    @Test
    void afterAFullDiskSmallWritesGoOn() {
        fill(10);
        try (SqliteLocalStorage storage = open(file, SqliteOptions.defaults().withPagesMax(pages() + 10))) {
            HoldfastException full = catchThrowableOfType(
                    HoldfastException.class,
                    () -> storage.write(transaction -> {
                        for (int i = 0; i < 10_000; i++) {
                            add(transaction, 100 + i);
                        }
                        return 0;
                    }));
            assertThat(full.code()).isEqualTo(ErrorCode.STORE_FULL);
            storage.write(transaction -> {
                add(transaction, 50);
                return 0;
            });
            int pending = storage.read(transaction -> transaction.pending(1_000).size());
            assertThat(pending).isEqualTo(11);
        }
    }

    @Test
    void aFullDiskThatTheBodyOverlooksStillFailsTheWrite() {
        fill(10);
        try (SqliteLocalStorage storage = open(file, SqliteOptions.defaults().withPagesMax(pages() + 10))) {
            HoldfastException full = catchThrowableOfType(
                    HoldfastException.class,
                    () -> storage.write(transaction -> {
                        try {
                            for (int i = 0; i < 10_000; i++) {
                                add(transaction, 100 + i);
                            }
                        } catch (HoldfastException overlooked) {
                            assertThat(overlooked.code()).isEqualTo(ErrorCode.STORE_FULL);
                        }
                        return 0;
                    }));
            assertThat(full.code()).isEqualTo(ErrorCode.STORE_FULL);
            int pending =
                    storage.read(transaction -> transaction.pending(100_000).size());
            assertThat(pending).isEqualTo(10);
        }
    }

    private long pages() {
        try {
            return Files.size(file) / 4096;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anySqliteToolReadsTheTables() throws SQLException {
        try (SqliteLocalStorage storage = open(file, SqliteOptions.defaults())) {
            storage.write(transaction -> {
                Samples.save(
                        transaction,
                        Samples.confirmed(
                                Samples.note("a"),
                                Samples.state(
                                        5,
                                        Map.of(
                                                "title", new Value.Text("t"),
                                                "price", new Value.Decimal(new java.math.BigDecimal("-0.05")))),
                                3));
                return 0;
            });
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT n.title, n.price, v.price FROM notes n JOIN _view_notes v ON v.id = n.id")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("t");
            assertThat(row.getLong(2)).isEqualTo(-5);
            assertThat(row.getString(3)).isEqualTo("-0.05");
        }
    }
}
