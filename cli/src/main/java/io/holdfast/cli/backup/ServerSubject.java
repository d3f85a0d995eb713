package io.holdfast.cli.backup;

import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.exchange.HeldRecord;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ScopeSnapshot;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.schema.SchemaHash;
import io.holdfast.core.schema.SchemaJson;
import io.holdfast.core.value.Sha256;
import io.holdfast.server.storage.SqlServerStorage;
import io.holdfast.server.storage.sql.Database;
import io.holdfast.server.storage.sql.SqliteDatabase;
import io.holdfast.store.backup.Manifest;
import io.holdfast.store.backup.Subject;
import java.nio.file.Path;
import java.util.List;

/** The embedded database of a server. Stateless. */
final class ServerSubject implements Subject {

    private static final int PAGE = 1_000;
    private static final int FINGERPRINT_BYTES = 16;

    @Override
    public Manifest.Kind kind() {
        return Manifest.Kind.SERVER;
    }

    @Override
    public Manifest.Content content(Path database) {
        try (Database opened = SqliteDatabase.open(database)) {
            List<String> schemas = opened.read(session ->
                    session.query("SELECT text FROM hf_schema ORDER BY name", row -> named(row.getString(1))));
            String layout = opened.read(session -> session.first(
                            "SELECT version FROM hf_flyway WHERE success ORDER BY installed_rank DESC LIMIT 1",
                            row -> row.getString(1))
                    .orElseThrow(() -> noServer(database)));
            Tally tally = new Tally();
            try (SqlServerStorage storage = SqlServerStorage.open(opened, List.of())) {
                for (List<String> names = storage.scopes("", PAGE);
                        !names.isEmpty();
                        names = storage.scopes(names.getLast(), PAGE)) {
                    names.forEach(scope -> storage.snapshot(scope, tally::add));
                }
            }
            return new Manifest.Content(
                    Manifest.Kind.SERVER,
                    layout,
                    schemas,
                    "",
                    "",
                    new Manifest.Counts(tally.scopes, tally.records, 0, tally.damaged),
                    tally.fingerprint());
        }
    }

    private static String named(String json) {
        var schema = SchemaJson.read(json);
        return schema.name() + " " + schema.version() + " " + SchemaHash.of(schema);
    }

    private static HoldfastException noServer(Path database) {
        return new HoldfastException(
                ErrorCode.STORE_NOT_A_STORE, database.getFileName() + " is no server's database. Check the path.");
    }

    /** Nothing to compare: any server's data may take the place of another's, which is kept. */
    @Override
    public void requireFits(Manifest.Content content, Path there) {}

    @Override
    public Hold hold(Path database) {
        return SqliteDatabase.holdStart(database)::close;
    }

    /** What all scopes come to. */
    private static final class Tally {
        private final Sha256 fingerprints = new Sha256();
        private long scopes;
        private long records;
        private long damaged;

        boolean add(ScopeSnapshot snapshot) {
            ScopeHead head = snapshot.head().orElseThrow();
            Digester digester = new Digester(head.key());
            DigestSum sum = DigestSum.ZERO;
            for (String collection : snapshot.collections()) {
                String after = "";
                for (List<HeldRecord> page = snapshot.held(collection, after, PAGE);
                        !page.isEmpty();
                        page = snapshot.held(collection, after, PAGE)) {
                    for (HeldRecord held : page) {
                        Digest actual = digester.digest(held.key(), held.actual());
                        damaged += actual.equals(held.stored()) ? 0 : 1;
                        sum = held.stored().isNone() ? sum : sum.plus(held.stored());
                    }
                    after = page.getLast().key().id();
                }
            }
            damaged += sum.equals(head.root()) ? 0 : 1;
            scopes++;
            records += head.root().count();
            fingerprints
                    .text(head.scope())
                    .text("\0")
                    .text(digester.fingerprint(head.scope(), head.epoch(), head.sequence(), head.root()));
            return true;
        }

        String fingerprint() {
            return fingerprints.hex(FINGERPRINT_BYTES);
        }
    }
}
