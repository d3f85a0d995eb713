package io.holdfast.store.sqlite;

import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.audit.AuditEntry;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.Freezer;
import io.holdfast.core.local.Layer;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.RecordView;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.schema.SystemCollections;
import io.holdfast.core.stamp.HybridTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a sound store of what can still be read of a damaged one, which is only read. Records that are missing then, or not what
 * they were, are found and mended by the next proof, because the sum of the digests is reckoned anew from those that are
 * there. Changes that were lost with their rows are accounted for as discarded by the person who asked for this. Stateless.
 */
public final class Salvage {

    private static final String DEVICE = "SELECT state FROM _hf_device WHERE id = 1";

    private static final String LAYERS = "SELECT " + LayerTable.COLUMNS + ", ord FROM _hf_layer";

    private Salvage() {}

    /**
     * What could be saved.
     *
     * @param records that were confirmed, deleted ones included
     * @param changes that still wait for the server or a person
     * @param lost changes that were not settled, and of which nothing is left
     * @param incomplete tables of which some rows could not be read
     */
    public record Saved(long records, long changes, long lost, List<String> incomplete) {
        /** Copies. */
        public Saved {
            incomplete = List.copyOf(incomplete);
        }
    }

    /** The replica id of a store, if at least that can be read. */
    public static Optional<String> replica(Path damaged) {
        return identity(damaged).map(DeviceState.Identity::replica);
    }

    /** Whose records a store holds, if at least that can be read. */
    public static Optional<String> scope(Path damaged) {
        return identity(damaged).map(DeviceState.Identity::scope);
    }

    private static Optional<DeviceState.Identity> identity(Path damaged) {
        if (!Files.exists(damaged)) {
            return Optional.empty();
        }
        try (Connection connection = connect(damaged, true)) {
            return device(connection).map(DeviceState::identity);
        } catch (SQLException | HoldfastException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Copies what can be read.
     *
     * @param damaged nobody else may have it open
     * @param target not there yet
     * @param opening for what the damaged store does not tell any more: schema and scope are given
     * @param person who asked for it
     * @throws HoldfastException STORE_DAMAGED if nothing at all can be read, STORE_OTHER_SCOPE, STORE_FULL, STORE_IO
     */
    public static Saved copy(Path damaged, Path target, Opening opening, String person, long nowMillis) {
        StoreFile file = new StoreFile(target, SqliteOptions.defaults());
        try (Connection source = connect(damaged, true)) {
            Schema schema = schema(source).or(opening::schema).orElseThrow();
            requireScope(source, damaged, opening);
            Opening founding =
                    new Opening(Optional.of(schema), opening.scope(), opening.replica(), opening.incarnation());
            file.create(session -> StoreFounding.found(session, target, founding));
            List<String> incomplete = rows(source, target, schema);
            return settled(file, SystemCollections.addTo(schema), opening, incomplete, person, nowMillis);
        } catch (SQLException failed) {
            throw SqliteFailures.of(failed);
        }
    }

    private static Connection connect(Path file, boolean readOnly) throws SQLException {
        Connection connection = DriverManager.getConnection(StoreFile.url(file));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            if (readOnly) {
                statement.execute("PRAGMA query_only = ON");
            }
        }
        return connection;
    }

    private static Optional<DeviceState> device(Connection source) {
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery(DEVICE)) {
            return row.next() ? Optional.of(DeviceCodec.decode(row.getBytes(1))) : Optional.empty();
        } catch (SQLException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Schema> schema(Connection source) {
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery("SELECT json FROM _hf_schema WHERE id = 1")) {
            return row.next() ? Optional.of(SchemaJson.read(row.getString(1))) : Optional.empty();
        } catch (SQLException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static void requireScope(Connection source, Path damaged, Opening opening) {
        Optional<String> held = device(source).map(device -> device.identity().scope());
        if (held.isPresent() && !held.equals(opening.scope())) {
            throw new HoldfastException(
                    ErrorCode.STORE_OTHER_SCOPE,
                    "The store " + damaged.getFileName() + " holds the records of " + held.get()
                            + ". Open the store of that scope.");
        }
    }

    private static List<String> rows(Connection source, Path target, Schema schema) throws SQLException {
        try (Connection sound = connect(target, false)) {
            sound.setAutoCommit(false);
            RowRescue rescue = new RowRescue(source, sound);
            long rows = 0;
            for (String table : tables(schema)) {
                rows += rescue.copy(table);
            }
            if (rows == 0) {
                throw new HoldfastException(
                        ErrorCode.STORE_DAMAGED,
                        "Nothing of the store can be read any more. Restore it from the server or from a backup.");
            }
            sound.commit();
            return rescue.incomplete();
        }
    }

    private static List<String> tables(Schema schema) {
        List<String> tables = new ArrayList<>(List.of("_hf_collection", "_hf_device", "_hf_account", "_hf_head"));
        tables.addAll(List.of("_hf_layer", "_hf_batch", "_hf_history", "_hf_setting", "_hf_gap", "_hf_audit"));
        tables.addAll(SystemCollections.addTo(schema).collections().keySet());
        return tables;
    }

    private static Saved settled(
            StoreFile file, Schema schema, Opening opening, List<String> incomplete, String person, long nowMillis) {
        try (SqlSession session = file.writer()) {
            session.begin();
            tidy(session, schema);
            StoreHead head = head(session, opening, nowMillis);
            session.update("UPDATE _hf_layer SET head = NULL");
            StoreHeadTable heads = new StoreHeadTable(session);
            SqliteTransaction transaction = SqliteTransaction.writing(session, new Catalog(session, schema), head);
            long lost = new Settling(transaction, schema).settle(person, nowMillis);
            StoreHead settled = transaction.head();
            heads.write(settled, StoreHeadTable.Layers.MOVED, transaction.writes());
            session.commit();
            Account account = settled.account();
            return new Saved(
                    session.number("SELECT count(*) FROM _hf_head"),
                    account.in(ChangeState.PENDING) + account.in(ChangeState.QUARANTINED),
                    lost,
                    incomplete);
        }
    }

    /** Takes away what has lost what it belonged to, and brings back what is reckoned from the rest. */
    private static void tidy(SqlSession session, Schema schema) {
        schema.collections().keySet().forEach(name -> Catalog.give(session, name));
        session.update("DELETE FROM _hf_head WHERE collection NOT IN (SELECT number FROM _hf_collection)");
        session.update("DELETE FROM _hf_layer WHERE collection NOT IN (SELECT number FROM _hf_collection)");
        session.update("DELETE FROM _hf_head WHERE length(digest) <> 32");
        session.all(LAYERS, Salvage::senseless).stream()
                .flatMap(Optional::stream)
                .forEach(order -> session.update("DELETE FROM _hf_layer WHERE ord = ?", order));
        for (var collection : schema.collections().values()) {
            CollectionTable table = new CollectionTable(collection);
            session.update(
                    "DELETE FROM " + table.sql() + " WHERE \"id\" NOT IN (SELECT id FROM _hf_head WHERE collection ="
                            + " (SELECT number FROM _hf_collection WHERE name = ?1) UNION SELECT id FROM _hf_layer"
                            + " WHERE collection = (SELECT number FROM _hf_collection WHERE name = ?1))",
                    collection.name());
            table.text().refill().forEach(session::update);
        }
    }

    /** The order of a change whose bytes mean nothing any more. */
    private static Optional<Long> senseless(ResultSet row) throws SQLException {
        long order = row.getLong(LayerTable.COLUMNS_COUNT + 1);
        try {
            LayerTable.layer(row, 0);
            return Optional.empty();
        } catch (RuntimeException damaged) {
            return Optional.of(order);
        }
    }

    /** The newest head that can be read, above everything that is there. */
    private static StoreHead head(SqlSession session, Opening opening, long nowMillis) {
        StoreHead read;
        try {
            read = StoreHeadTable.read(session);
        } catch (HoldfastException unreadable) {
            DeviceState fresh =
                    DeviceState.fresh(opening.scope().orElseThrow(), opening.replica(), opening.incarnation());
            session.update("DELETE FROM _hf_account");
            session.update("DELETE FROM _hf_device");
            StoreHeadTable.create(session, fresh);
            read = StoreHeadTable.read(session);
        }
        long order = session.number("SELECT coalesce(max(ord), 0) FROM _hf_layer");
        return read.withLastOrder(Math.max(order, read.lastOrder()))
                .withLastTime(Math.max(HybridTime.ofMillis(nowMillis), read.lastTime()));
    }

    /** Brings the records, what their readers see, their account and their sum to agree with what was saved. */
    private record Settling(SqliteTransaction transaction, Schema schema) {

        long settle(String person, long nowMillis) {
            new Freezer(schema, transaction).unfreezeDoubtful();
            List<LocalRecord> unsettled = new ArrayList<>(transaction.pending(Integer.MAX_VALUE));
            transaction.quarantined(Integer.MAX_VALUE).stream()
                    .filter(record -> record.layer(Layer.State.PENDING).isEmpty())
                    .forEach(unsettled::add);
            unsettled.forEach(this::show);
            DigestSum[] sum = {DigestSum.ZERO};
            transaction.digests((key, bucket, digest) -> sum[0] = sum[0].plus(digest));
            transaction.root(sum[0]);
            long lost = account(unsettled);
            String detail =
                    "The store's file was damaged; it was rebuilt from what could be read. Unsettled changes lost: "
                            + lost + ".";
            transaction.trail().add(new AuditEntry(0, nowMillis, person, AuditEntry.Event.STORE_REBUILT, detail));
            return lost;
        }

        private void show(LocalRecord record) {
            long offset = transaction.device().clock().offsetMillis();
            var collection = schema.collectionOrUnknown(record.key().collection());
            transaction.save(record, record, RecordView.visible(collection, record, offset));
        }

        /** What is in no place any more was given up, by whoever chose to keep the rest. */
        private long account(List<LocalRecord> unsettled) {
            Account before = transaction.account();
            Map<ChangeState, Long> states = new EnumMap<>(ChangeState.class);
            for (ChangeState settled : List.of(
                    ChangeState.ACCEPTED, ChangeState.SUPERSEDED, ChangeState.COALESCED, ChangeState.DISCARDED)) {
                states.put(settled, before.in(settled));
            }
            states.put(ChangeState.PENDING, edits(unsettled, Layer.State.PENDING));
            states.put(ChangeState.QUARANTINED, edits(unsettled, Layer.State.QUARANTINED));
            long there = states.values().stream().mapToLong(Long::longValue).sum();
            long lost = Math.max(0, before.made() - there);
            states.merge(ChangeState.DISCARDED, lost, Long::sum);
            transaction.account(new Account(there + lost, states));
            return lost;
        }

        private static long edits(List<LocalRecord> records, Layer.State state) {
            return records.stream()
                    .flatMap(record -> record.layers().stream())
                    .filter(layer -> layer.state() == state && layer.kind() == io.holdfast.core.change.Change.Kind.EDIT)
                    .count();
        }
    }
}
