package io.holdfast.earnings.migration;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.Principal;
import io.holdfast.core.exchange.Role;
import io.holdfast.core.exchange.ScopeServer;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.exchange.ServerWrite;
import io.holdfast.core.exchange.WriteRules;
import io.holdfast.earnings.ledger.Terms;
import io.holdfast.earnings.record.EarningsSchema;
import io.holdfast.server.storage.NewScopes;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.Session;
import io.holdfast.server.storage.table.TableNaming;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Takes over the {@code user_earnings} of an application from before Holdfast, in its own database, while that application goes on
 * writing.
 *
 * <p>First the old table steps aside, in one transaction, for a view of its name and shape, which shows and takes what callers of the
 * old shape read and write: from Holdfast's table for users that Holdfast has, from the old table for all others. Then users are
 * taken over, a page of them in a transaction, with everything that the old table lacked; what callers write to them from then on
 * is taken in like the writes of any other program. It can be stopped at any moment and started again; a second run
 * finds nothing to do. {@link #rollBack} brings the table back, with what was earned meanwhile, and may be followed by another
 * {@link #run}. For one thread.
 */
public final class EarningsMigration implements AutoCloseable {

    /** Users in one transaction. */
    private static final int PAGE = 500;

    private static final Principal MIGRATION = new Principal("migration", Role.ADMIN);

    private final Database database;
    private final SqlServerStorage storage;
    private final OldNames names;
    private final OldShape shape;
    private final ScopeServer server;
    private final Terms standard;
    private final InstantSource clock;

    private EarningsMigration(
            Database database, OldNames names, Terms standard, InstantSource clock, RandomGenerator random) {
        this.database = database;
        this.names = names;
        this.standard = standard;
        this.clock = clock;
        this.shape = database.read(session -> session.dialect().tableSuffix().isEmpty())
                ? new PostgresShape()
                : new SqliteShape();
        if (!names.typed().equals(OldShape.COLLECTION)) {
            database.write(session -> TableNaming.choose(session, OldShape.COLLECTION, names.typed()));
        }
        this.storage = SqlServerStorage.open(database, List.of(EarningsSchema.SCHEMA));
        this.server = new ScopeServer(storage, EarningsSchema.SCHEMA, WriteRules.OPEN, clock, random);
    }

    /**
     * Prepares a database.
     *
     * @param database closed with the migration
     * @param standard terms of users of whom the old table does not say at which rate they earn
     * @param random of cryptographic strength: it draws the keys of scopes
     * @throws HoldfastException SCHEMA_MISMATCH if the database has a table of Holdfast's name for something else
     */
    public static EarningsMigration open(
            Database database, OldNames names, Terms standard, InstantSource clock, RandomGenerator random) {
        try {
            return new EarningsMigration(database, names, standard, clock, random);
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
    }

    /**
     * Migrates what is not migrated yet.
     *
     * @param progress is told, now and then, how many rows were looked at
     * @throws HoldfastException USAGE if the old table is not there, is Holdfast's own, lacks the user's column, or has a user twice; and what the
     *     database throws: everything up to the last page is done then
     */
    public MigrationReport run(LongConsumer progress) {
        OldTable old = database.write(this::stepAside);
        Tally tally = new Tally();
        Optional<String> last = Optional.of("");
        while (last.isPresent()) {
            String after = last.get();
            Page page = database.write(session -> page(session, old, after));
            page.count(tally);
            progress.accept(tally.rows);
            last = page.last();
        }
        return new MigrationReport(tally.rows, tally.moved, tally.unfit, tally.examples);
    }

    /** How many rows the old table has, under whichever name; 0 if it is not there. */
    public long rows() {
        return database.read(session -> {
            for (String table : List.of(names.kept(), names.table())) {
                if (shape.isTable(session, table)) {
                    return session.first("SELECT count(*) FROM \"" + table + '"', row -> row.getLong(1))
                            .orElse(0L);
                }
            }
            return 0L;
        });
    }

    private static final class Tally {
        private long rows;
        private long moved;
        private long unfit;
        private final List<String> examples = new ArrayList<>();
    }

    /** The switch of names; done already if the old table stands aside. */
    private OldTable stepAside(Session session) throws SQLException {
        if (shape.isTable(session, names.kept())) {
            return OldTable.read(session, names, shape, names.kept());
        }
        if (!shape.isTable(session, names.table())) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "The database has no table " + names.table() + "; name the old table with --table.");
        }
        requireOld(session);
        executeAll(session, shape.wholeTables());
        OldTable old = OldTable.read(session, names, shape, names.table());
        requireDistinctUsers(session, old);
        session.execute("ALTER TABLE " + old.view() + " RENAME TO " + old.kept());
        session.execute("CREATE UNIQUE INDEX hf_old_user ON " + old.kept() + " ("
                + old.user().quoted() + ")");
        // Pages are read in the order of the ids as text, whatever type and collation they have.
        session.execute("CREATE INDEX hf_old_order ON " + old.kept() + " ((" + old.user("") + "))");
        if (old.typedIndex().isPresent()) {
            session.execute(old.typedIndex().get());
        }
        new Meanwhile(old).takeIn(session);
        session.execute(old.viewDefinition());
        executeAll(session, shape.triggers(old));
        return old;
    }

    /** A database in which Holdfast began with an empty table of its own has nothing to take over. */
    private void requireOld(Session session) throws SQLException {
        if (!shape.isTable(session, names.typed())) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "The table " + names.table()
                            + " is Holdfast's own, and no older one stands aside for it; name the old"
                            + " table with --table.");
        }
    }

    private static void executeAll(Session session, List<String> statements) throws SQLException {
        for (String statement : statements) {
            session.execute(statement);
        }
    }

    private static void requireDistinctUsers(Session session, OldTable old) throws SQLException {
        List<String> twice = session.query(
                "SELECT " + old.user("") + " FROM " + old.view() + " WHERE "
                        + old.user().quoted() + " IS NOT NULL GROUP BY 1 HAVING count(*) > 1 LIMIT 5",
                row -> row.getString(1));
        if (!twice.isEmpty()) {
            throw new HoldfastException(
                    ErrorCode.USAGE,
                    "The table " + old.names().table() + " has several rows of the users " + String.join(", ", twice)
                            + "; leave one of each, then migrate.");
        }
    }

    /**
     * What one transaction did.
     *
     * @param last where the next begins; absent if this was the last
     */
    private record Page(int moved, Map<String, String> unfit, int rows, Optional<String> last) {
        void count(Tally tally) {
            tally.rows += rows;
            tally.moved += moved;
            tally.unfit += unfit.size();
            unfit.forEach((user, why) -> {
                if (tally.examples.size() < MigrationReport.EXAMPLES_MAX) {
                    tally.examples.add(user + ": " + why);
                }
            });
        }
    }

    private Page page(Session session, OldTable old, String after) throws SQLException {
        List<OldRow> rows = session.query(pageText(old), EarningsMigration::row, after, (long) PAGE);
        // Clocks are finer than what is stored.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, ScopeUpdate<?>> updates = new LinkedHashMap<>();
        Map<String, String> unfit = new LinkedHashMap<>();
        for (OldRow row : rows) {
            try {
                List<ServerWrite> writes = row.writes(standard, now);
                updates.put(row.user(), server.beginning(MIGRATION, row.user(), writes));
            } catch (HoldfastException | IllegalArgumentException refused) {
                unfit.put(row.user(), String.valueOf(refused.getMessage()));
            }
        }
        List<String> there = NewScopes.write(session, updates);
        for (String user : there) {
            insertBeside(session, old, user);
        }
        Optional<String> last = rows.size() < PAGE
                ? Optional.empty()
                : Optional.of(rows.getLast().user());
        return new Page(updates.size(), unfit, rows.size(), last);
    }

    /** Rows of users whom Holdfast does not have, in the order of their ids. */
    private String pageText(OldTable old) {
        String user = old.user("k.");
        return "SELECT " + user + wholes(old) + " FROM " + old.kept() + " AS k WHERE " + user + " > ? AND NOT EXISTS"
                + " (SELECT 1 FROM " + old.typed() + " AS t WHERE " + old.same("k.", "t.") + ") ORDER BY " + user
                + " LIMIT ?" + shape.locking();
    }

    private String wholes(OldTable old) {
        StringBuilder list = new StringBuilder();
        for (String role : OldNames.ROLES.subList(1, OldNames.ROLES.size())) {
            list.append(", ")
                    .append(old.column(role)
                            .map(column -> shape.whole(column, "k." + column.quoted()))
                            .orElse("NULL"));
        }
        return list.toString();
    }

    private static OldRow row(ResultSet row) throws SQLException {
        return new OldRow(
                row.getString(1),
                Optional.ofNullable(row.getString(2)),
                Optional.ofNullable(row.getString(3)),
                micros(row, 4),
                micros(row, 5));
    }

    private static Optional<Long> micros(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    /** A user whose scope is there, but not his record: as if a caller had inserted him. */
    private static void insertBeside(Session session, OldTable old, String user) throws SQLException {
        session.update(
                "INSERT INTO " + old.typed() + " (" + old.typedColumns() + ") SELECT " + old.typedValues("k.")
                        + " FROM " + old.kept() + " AS k WHERE " + old.user("k.") + " = ?",
                user);
    }

    /**
     * Brings the old table back under its name, with what Holdfast has of its users now; the view is gone. What Holdfast
     * has stays where it is. Does nothing if the table is back already.
     *
     * @throws HoldfastException USAGE if there is neither the old table nor the one that stands aside; EARNINGS_STATE if rows that
     *     other programs wrote and Holdfast refused fit the old table no better: nothing has changed then
     */
    public void rollBack() {
        database.write(session -> {
            if (!shape.isTable(session, names.kept())) {
                if (shape.isTable(session, names.table())) {
                    requireOld(session);
                    return false;
                }
                throw new HoldfastException(
                        ErrorCode.USAGE,
                        "The database has no table " + names.table() + " and none that stands aside for it.");
            }
            List<String> refused = refused(session);
            try {
                back(session, OldTable.read(session, names, shape, names.kept()));
            } catch (SQLException unfit) {
                if (refused.isEmpty()) {
                    throw unfit;
                }
                throw unfit(refused, unfit);
            }
            return true;
        });
    }

    private static List<String> refused(Session session) throws SQLException {
        return session.query(
                "SELECT DISTINCT scope FROM hf_foreign_write WHERE collection = ? AND code <> '' ORDER BY scope LIMIT 5",
                row -> row.getString(1),
                OldShape.COLLECTION);
    }

    private HoldfastException unfit(List<String> users, SQLException cause) {
        return new HoldfastException(
                ErrorCode.EARNINGS_STATE,
                "The old table does not take every row of " + names.typed() + ". Those of " + String.join(", ", users)
                        + " were refused by Holdfast, too; correct or delete them there, then roll back again.",
                cause);
    }

    private void back(Session session, OldTable old) throws SQLException {
        executeAll(session, shape.wholeTables());
        session.execute("DROP VIEW " + old.view());
        executeAll(session, shape.dropTriggers(old));
        if (!old.mapped().isEmpty()) {
            session.execute("UPDATE " + old.kept() + " AS k SET " + brought(old) + " FROM " + old.typed()
                    + " AS t WHERE " + old.same("k.", "t.") + " AND (" + old.differing() + ")");
        }
        session.execute("DELETE FROM " + old.kept() + " AS k WHERE EXISTS (SELECT 1 FROM hf_record_head AS h WHERE"
                + " h.scope = " + old.user("k.") + " AND h.collection = '" + OldShape.COLLECTION
                + "' AND h.id = h.scope"
                + " AND h.digest IS NULL) AND NOT EXISTS (SELECT 1 FROM " + old.typed() + " AS t WHERE "
                + old.same("k.", "t.") + ")");
        if (OldTable.isText(old.user())) {
            session.execute(
                    "INSERT INTO " + old.kept() + " (" + old.user().quoted() + broughtColumns(old) + ") SELECT t.scope"
                            + broughtValues(old) + " FROM " + old.typed() + " AS t WHERE NOT EXISTS (SELECT 1 FROM "
                            + old.kept()
                            + " AS k WHERE " + old.user("k.") + " = t.scope)");
        }
        new Meanwhile(old).begin(session);
        session.execute("DROP INDEX IF EXISTS hf_old_typed");
        session.execute("DROP INDEX IF EXISTS hf_old_order");
        session.execute("DROP INDEX hf_old_user");
        session.execute("ALTER TABLE " + old.kept() + " RENAME TO " + old.view());
    }

    private static String brought(OldTable old) {
        return String.join(
                ", ",
                old.mapped().stream()
                        .map(column ->
                                column.quoted() + " = " + old.shape().toOld(column, "t.\"" + column.role() + '"'))
                        .toList());
    }

    private static String broughtColumns(OldTable old) {
        return String.join(
                "", old.mapped().stream().map(column -> ", " + column.quoted()).toList());
    }

    private static String broughtValues(OldTable old) {
        return String.join(
                "",
                old.mapped().stream()
                        .map(column -> ", " + old.shape().toOld(column, "t.\"" + column.role() + '"'))
                        .toList());
    }

    @Override
    public void close() {
        storage.close();
    }
}
