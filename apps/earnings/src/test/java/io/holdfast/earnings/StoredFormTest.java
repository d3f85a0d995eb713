package io.holdfast.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.core.document.DocumentWriter;
import io.holdfast.core.schema.binding.JsonText;
import io.holdfast.core.schema.binding.RecordBinding;
import io.holdfast.earnings.amount.Coins;
import io.holdfast.earnings.record.AuditEntry;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.earnings.record.MiningSession;
import io.holdfast.earnings.record.Times;
import io.holdfast.store.Store;
import io.holdfast.store.StoreOptions;
import io.holdfast.testkit.gen.Gen;
import io.holdfast.testkit.gen.Gens;
import io.holdfast.testkit.property.Property;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored is what was given, and takes no more room than its JSON. */
class StoredFormTest {

    private static final int TRIES = 1_000;
    private static final Gen<Coins> AMOUNTS = Gens.longs(0, Coins.UNITS_MAX).map(Coins::new);
    private static final Gen<Instant> TIMES =
            Gens.longs(0, 4_000_000_000_000_000L).map(Times::instant);

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    /** The bytes of a row in SQLite's record format (https://www.sqlite.org/fileformat.html#record_format), without the page's. */
    private static long stored(Connection connection, String table, String id) {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT * FROM \"" + table + "\" WHERE id = ?")) {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                long bytes = 1;
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    bytes += size(row.getObject(i));
                }
                return bytes;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One column: its type in the header, and its value. */
    private static long size(Object value) {
        return switch (value) {
            case null -> 1;
            case Number number -> 1 + (64 - Long.numberOfLeadingZeros(Math.abs(number.longValue())) + 8) / 8;
            case byte[] bytes -> 2 + bytes.length;
            default -> 2 + value.toString().getBytes(StandardCharsets.UTF_8).length;
        };
    }

    private static <T extends Record> void roundTrips(
            Store store, Connection connection, RecordBinding<T> binding, Class<T> type, T record) {
        String id = binding.id(record);
        store.collection(type).put(record);
        assertThat(store.collection(type).get(id)).contains(record);
        String table = binding.collection().name();
        String json = DocumentWriter.COMPACT.write(
                id, store.collection(table).get(id).orElseThrow().values());
        assertThat(stored(connection, table, id))
                .as(json)
                .isLessThanOrEqualTo(json.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void M22_valuesRoundTripExactlyAndAreNoLargerThanTheirJson() throws SQLException {
        Path file = folder.resolve("ann.holdfast");
        try (Store store = Store.open(file, EarningsSchema.SCHEMA, "ann", StoreOptions.defaults());
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            Property.of("M22").tries(TRIES).shrinks(100).forAll(AMOUNTS, TIMES, TIMES, (amount, from, until) -> {
                roundTrips(
                        store,
                        connection,
                        EarningsSchema.SESSIONS,
                        MiningSession.class,
                        new MiningSession(
                                "s",
                                "ann",
                                "phone",
                                from,
                                until,
                                Optional.of(until),
                                MiningSession.SERVER,
                                amount.number(),
                                amount.number(),
                                amount.units(),
                                new JsonText("{\"tick\":" + Times.micros(from) / 1_000 + "}")));
                roundTrips(
                        store,
                        connection,
                        EarningsSchema.AUDIT,
                        AuditEntry.class,
                        new AuditEntry(
                                "a",
                                "ann",
                                "reckon",
                                Optional.of(amount.number()),
                                Optional.empty(),
                                until,
                                AuditEntry.LOCAL,
                                new JsonText("{}")));
            });
        }
    }
}
