package io.holdfast.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.core.change.FieldEdit;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.value.Value;
import io.holdfast.store.Store;
import io.holdfast.store.StoreOptions;
import io.holdfast.testkit.random.SeededRandom;
import io.holdfast.testkit.time.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    private static final Schema SCHEMA = SchemaJson.read("""
            { "name": "journal", "version": 1, "collections": { "entries": { "fields": { "text": {"type": "TEXT"} } } } }
            """);

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-11-20T08:00:00Z");
    private final Backup backups = new Backup(new DeviceSubject(), "1.2.3", clock);
    private Path file;
    private Path backup;

    @BeforeEach
    void name() {
        file = folder.resolve("phone.db");
        backup = folder.resolve("phone.backup");
    }

    private Store open(Path path) {
        return Store.open(path, SCHEMA, "ann", StoreOptions.defaults());
    }

    private static void put(Store store, String id) {
        store.collection("entries").put(id, Map.of("text", new FieldEdit.Assign(new Value.Text(id))));
    }

    private void fill(int records) {
        try (Store store = open(file)) {
            for (int i = 0; i < records; i++) {
                put(store, "e" + i);
            }
        }
    }

    private long records(Path path) {
        try (Store store = Store.open(path, StoreOptions.defaults())) {
            assertThat(store.review().account().balanced()).isTrue();
            return store.records();
        }
    }

    private HoldfastException refusedToVerify() {
        return catchThrowableOfType(HoldfastException.class, () -> backups.verify(backup));
    }

    private HoldfastException refusedToRestore(Path to, boolean replace) {
        return catchThrowableOfType(HoldfastException.class, () -> backups.restore(backup, to, replace));
    }

    @Test
    void aCopyTakenWhileOthersWriteHoldsOneMomentInWhole() throws InterruptedException {
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(20);
        try (Store store = open(file)) {
            Thread writer = Thread.ofPlatform().start(() -> {
                while (!stop.get()) {
                    put(store, "e" + acknowledged.get());
                    acknowledged.incrementAndGet();
                    begun.countDown();
                }
            });
            begun.await();
            int before = acknowledged.get();
            Manifest manifest = backups.create(file, backup, false);
            int after = acknowledged.get();
            stop.set(true);
            writer.join();

            assertThat(manifest.content().counts().unsettled()).isBetween((long) before, after + 1L);
            backups.restore(backup, folder.resolve("copy.db"), false);
            assertThat(records(folder.resolve("copy.db")))
                    .isEqualTo(manifest.content().counts().unsettled());
        }
        assertThat(records(file)).isEqualTo(acknowledged.get());
    }

    @Test
    void saysWhatItHoldsAndIsReadableByItsOwnerAlone() throws IOException {
        fill(3);
        Manifest made = backups.create(file, backup, false);
        assertThat(Backup.manifest(backup)).isEqualTo(made).isEqualTo(backups.verify(backup));
        assertThat(made.product()).isEqualTo("1.2.3");
        assertThat(made.at()).isEqualTo(clock.instant());
        assertThat(made.content().scope()).isEqualTo("ann");
        assertThat(made.content().counts()).isEqualTo(new Manifest.Counts(1, 0, 3, 0));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("phone.db", "phone.db.lock", "phone.backup");
    }

    @Test
    void anySqliteToolReadsABackup() throws SQLException {
        fill(3);
        backups.create(file, backup, false);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + backup);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM entries")) {
            assertThat(rows.getLong(1)).isEqualTo(3);
        }
    }

    @Test
    void everyFlippedBitIsFoundAndNothingIsTouched() throws IOException {
        fill(20);
        backups.create(file, backup, false);
        byte[] whole = Files.readAllBytes(backup);
        byte[] store = Files.readAllBytes(file);
        RandomGenerator random = new SeededRandom(7);
        for (int i = 0; i < 60; i++) {
            // Half of them in what stands behind the database: the manifest and the footer.
            int at = i % 2 == 0 ? random.nextInt(whole.length) : whole.length - 1 - random.nextInt(500);
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(backup, flipped);
            assertThat(refusedToRestore(file, true).code())
                    .as("byte " + at)
                    .isIn(ErrorCode.BACKUP_DAMAGED, ErrorCode.BACKUP_UNFIT);
            assertThat(Arrays.equals(Files.readAllBytes(file), store)).isTrue();
        }
    }

    @Test
    void everyCutIsFound() throws IOException {
        fill(20);
        backups.create(file, backup, false);
        byte[] whole = Files.readAllBytes(backup);
        RandomGenerator random = new SeededRandom(8);
        for (int i = 0; i < 40; i++) {
            Files.write(backup, Arrays.copyOf(whole, i == 0 ? 0 : random.nextInt(whole.length)));
            assertThat(refusedToVerify().code()).isEqualTo(ErrorCode.BACKUP_DAMAGED);
        }
    }

    @Test
    void aBackupOfANewerVersionIsRefusedByItsFormat() throws IOException {
        fill(1);
        Manifest made = backups.create(file, backup, false);
        byte[] whole = Files.readAllBytes(backup);
        Path database = folder.resolve("database");
        Files.write(database, Arrays.copyOf(whole, (int) made.bytes()));
        BackupFile.seal(database, new Manifest(2, "9.0", made.at(), made.content(), made.bytes(), made.sha256()));
        Files.move(database, backup, StandardCopyOption.REPLACE_EXISTING);
        assertThat(refusedToVerify())
                .hasMessageContaining("newer version")
                .extracting(HoldfastException::code)
                .isEqualTo(ErrorCode.BACKUP_UNFIT);
    }

    @Test
    void aManifestOfAnotherDatabaseIsRefusedThoughEachIsSound() throws IOException {
        fill(2);
        Manifest made = backups.create(file, backup, false);
        Manifest.Content content = made.content();
        Manifest.Content other = new Manifest.Content(
                content.kind(),
                content.layout(),
                content.schemas(),
                "bob",
                content.replica(),
                content.counts(),
                content.fingerprint());
        Path database = folder.resolve("database");
        Files.write(database, Arrays.copyOf(Files.readAllBytes(backup), (int) made.bytes()));
        BackupFile.seal(database, new Manifest(1, "1.2.3", made.at(), other, made.bytes(), made.sha256()));
        Files.move(database, backup, StandardCopyOption.REPLACE_EXISTING);
        assertThat(refusedToVerify().code()).isEqualTo(ErrorCode.BACKUP_DAMAGED);
    }

    @Test
    void replacesOnlyWhenToldAndKeepsWhatWasThereWithItsLog() throws IOException {
        fill(1);
        backups.create(file, backup, false);
        Path crashed = folder.resolve("crashed.db");
        try (Store store = open(file)) {
            put(store, "later");
            // As a power cut leaves it: the newest change stands in the log alone.
            Files.copy(file, crashed);
            Files.copy(folder.resolve("phone.db-wal"), folder.resolve("crashed.db-wal"));
        }
        assertThat(refusedToRestore(crashed, false).code()).isEqualTo(ErrorCode.FILE_EXISTS);

        Backup.Restored restored = backups.restore(backup, crashed, true);
        assertThat(records(crashed)).isEqualTo(1);
        Path kept = restored.replaced().orElseThrow();
        assertThat(kept).hasFileName("crashed.db.replaced-20261120T080000Z");
        assertThat(records(kept)).isEqualTo(2);
        assertThat(backups.restore(backup, crashed, true).replaced().orElseThrow())
                .hasFileName("crashed.db.replaced-20261120T080000Z-2");
    }

    @Test
    void aLogThatLostItsDatabaseIsNotAppliedToTheRestoredOne() throws IOException {
        fill(1);
        backups.create(file, backup, false);
        try (Store store = open(file)) {
            put(store, "later");
            Files.copy(folder.resolve("phone.db-wal"), folder.resolve("other.db-wal"));
        }
        backups.restore(backup, folder.resolve("other.db"), false);
        assertThat(records(folder.resolve("other.db"))).isEqualTo(1);
    }

    @Test
    void replacesADamagedStoreAndKeepsEveryPageOfIt() throws IOException {
        fill(30);
        backups.create(file, backup, false);
        byte[] damaged = Files.readAllBytes(file);
        Arrays.fill(damaged, 4096, 40_000, (byte) 0);
        Files.write(file, damaged);
        Path kept = backups.restore(backup, file, true).replaced().orElseThrow();
        assertThat(records(file)).isEqualTo(30);
        // The header alone changes: that there is no log any more.
        assertThat(Arrays.equals(Files.readAllBytes(kept), 100, damaged.length, damaged, 100, damaged.length))
                .isTrue();
    }

    @Test
    void anOpenStoreIsNotReplaced() {
        fill(1);
        backups.create(file, backup, false);
        try (Store store = open(file)) {
            assertThat(refusedToRestore(file, true).code()).isEqualTo(ErrorCode.STORE_IN_USE);
            put(store, "goes on");
        }
        assertThat(records(file)).isEqualTo(2);
    }

    @Test
    void anotherScopesStoreIsNotReplaced() {
        fill(1);
        backups.create(file, backup, false);
        Path bobs = folder.resolve("bobs.db");
        Store.open(bobs, SCHEMA, "bob", StoreOptions.defaults()).close();
        assertThat(refusedToRestore(bobs, true))
                .hasMessageContaining("the records of ann", "those of bob")
                .extracting(HoldfastException::code)
                .isEqualTo(ErrorCode.BACKUP_UNFIT);
        assertThat(records(bobs)).isZero();
    }

    @Test
    void whatIsNoStoreIsNotBackedUpAndLeavesNothing() throws IOException {
        Files.writeString(file, "no database ".repeat(100), StandardCharsets.UTF_8);
        HoldfastException refused =
                catchThrowableOfType(HoldfastException.class, () -> backups.create(file, backup, false));
        assertThat(refused.code()).isEqualTo(ErrorCode.STORE_NOT_A_STORE);
        assertThat(folder.toFile().list()).containsExactly("phone.db");
    }

    @Test
    void anEarlierBackupIsReplacedOnlyWhenTold() {
        fill(1);
        backups.create(file, backup, false);
        HoldfastException refused =
                catchThrowableOfType(HoldfastException.class, () -> backups.create(file, backup, false));
        assertThat(refused.code()).isEqualTo(ErrorCode.FILE_EXISTS);
        try (Store store = open(file)) {
            put(store, "later");
        }
        assertThat(backups.create(file, backup, true).content().counts().unsettled())
                .isEqualTo(2);
    }
}
