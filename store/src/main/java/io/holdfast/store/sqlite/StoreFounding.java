package io.holdfast.store.sqlite;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.schema.SchemaRules;
import io.holdfast.core.schema.SystemCollections;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes the tables of a new store, and checks those of an old one. */
final class StoreFounding {

    private static final String SCHEMA = "SELECT json FROM _hf_schema WHERE id = 1";
    private static final String SET_SCHEMA = "INSERT OR REPLACE INTO _hf_schema VALUES (1, ?, ?, ?)";

    private StoreFounding() {}

    /** Fills a new file, within the caller's transaction. */
    static void found(SqlSession session, Path path, Opening opening) {
        Schema schema = SchemaRules.requireSound(opening.schema().orElseThrow(() -> missing(path)));
        String scope = opening.scope().orElseThrow(() -> missing(path));
        session.script(Layout.DEFINITIONS);
        StoreHeadTable.create(session, DeviceState.fresh(scope, opening.replica(), opening.incarnation()));
        for (var collection : SystemCollections.addTo(schema).collections().values()) {
            Catalog.give(session, collection.name());
            session.script(new CollectionTable(collection).definitions());
        }
        remember(session, schema);
    }

    private static HoldfastException missing(Path path) {
        return new HoldfastException(
                ErrorCode.STORE_NOT_A_STORE,
                "There is no store at " + path.getFileName()
                        + ". Check the path, or give a schema and a scope to make one.",
                Map.of("file", path.toString()));
    }

    private static void remember(SqlSession session, Schema schema) {
        session.update(SET_SCHEMA, schema.name(), schema.version(), SchemaJson.write(schema));
    }

    /** Checks an old file, brings it to the opener's schema and makes the new incarnation durable. Returns the schema. */
    static Schema enter(SqlSession session, Path path, Opening opening, SqliteOptions.Check check) {
        requireStore(session, path);
        requireSound(session, path, check);
        StoreHeadTable heads = new StoreHeadTable(session);
        requireScope(heads.stored(), path, opening);
        Schema stored = stored(session, opening);
        List<String> upgrade = Layout.upgrade(session.number("PRAGMA user_version"));
        Schema wanted = opening.schema().orElse(stored);
        session.begin();
        try {
            session.script(upgrade);
            reincarnate(session, heads, opening.incarnation());
            if (!wanted.equals(stored)) {
                SchemaChange.apply(session, stored, SchemaRules.requireSound(wanted));
                remember(session, wanted);
            }
            session.commit();
        } catch (RuntimeException | Error e) {
            session.rollBack();
            throw e;
        }
        return SystemCollections.addTo(wanted);
    }

    /** The stored schema; the opener's if that is the very same, as it mostly is: reading it took a seventh of an opening. */
    private static Schema stored(SqlSession session, Opening opening) {
        String json = storedText(session);
        return opening.schema()
                .filter(schema -> SchemaJson.write(schema).equals(json))
                .orElseGet(() -> read(json));
    }

    static Schema stored(SqlSession session) {
        return read(storedText(session));
    }

    private static String storedText(SqlSession session) {
        return session.first(SCHEMA, row -> row.getString(1))
                .orElseThrow(() -> SqliteFailures.rowMissing("_hf_schema"));
    }

    private static Schema read(String json) {
        try {
            return SchemaJson.read(json);
        } catch (HoldfastException senseless) {
            throw SqliteFailures.damaged(senseless);
        }
    }

    static void requireStore(SqlSession session, Path path) {
        if (session.number("PRAGMA application_id") != Layout.APPLICATION_ID) {
            throw SqliteFailures.of(
                    ErrorCode.STORE_NOT_A_STORE,
                    path.getFileName() + " is a database, but no Holdfast store. Check the path.",
                    path.toString());
        }
        long format = session.number("PRAGMA user_version");
        if (format < 1 || format > Layout.FORMAT) {
            throw SqliteFailures.of(
                    ErrorCode.STORE_NOT_A_STORE,
                    "The store " + path.getFileName()
                            + " was made by a newer version of Holdfast. Upgrade this program.",
                    path.toString());
        }
    }

    static void requireSound(SqlSession session, Path path, SqliteOptions.Check check) {
        List<String> findings = switch (check) {
            case HEADER -> List.of("ok");
            case QUICK -> session.all("PRAGMA quick_check(1)", row -> row.getString(1));
            case FULL -> session.all("PRAGMA integrity_check(1)", row -> row.getString(1));
        };
        if (!findings.equals(List.of("ok"))) {
            throw new HoldfastException(
                    ErrorCode.STORE_DAMAGED,
                    "The store " + path.getFileName()
                            + " is damaged. Restore it from a backup, or make a new one and synchronise it.",
                    Map.of("file", path.toString(), "finding", String.join("; ", findings)));
        }
    }

    private static void requireScope(StoreHead head, Path path, Opening opening) {
        String held = head.device().identity().scope();
        if (opening.scope().isPresent() && !opening.scope().get().equals(held)) {
            throw new HoldfastException(
                    ErrorCode.STORE_OTHER_SCOPE,
                    "The store " + path.getFileName() + " holds the records of " + held + ", not of "
                            + opening.scope().get() + ". Open the store of that scope.",
                    Map.of("file", path.toString()));
        }
    }

    /** A new opening is a new incarnation, which the server does not know yet. */
    private static void reincarnate(SqlSession session, StoreHeadTable heads, long incarnation) {
        StoreHead head = heads.stored();
        if (head.device().identity().incarnation() != incarnation) {
            heads.write(
                    head.with(head.device().reopened(incarnation)),
                    StoreHeadTable.Layers.ADDED,
                    new LayerWrites(session));
        }
    }
}
