package io.holdfast.server.storage;

import io.holdfast.core.audit.GapBook;
import io.holdfast.core.exchange.ChainLink;
import io.holdfast.core.exchange.Evidence;
import io.holdfast.core.exchange.Loser;
import io.holdfast.core.exchange.ReplicaRow;
import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ScopeProof;
import io.holdfast.core.exchange.ScopeUpdate;
import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.local.Proof;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.StateCodec;
import io.holdfast.server.storage.sql.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of one scope beside its records: head, replicas, chain, history. Not thread-safe. */
final class ScopeTables {

    private static final String HEAD = "SELECT scope_key, epoch, sequence, chain, root FROM hf_scope WHERE scope = ?";

    private static final String REPLICAS =
            "SELECT replica, principal, incarnations, batch_number, batch_hash, results, sequence,"
                    + " seen_at_millis FROM hf_replica WHERE scope = ?";

    private static final String HISTORY =
            "SELECT collection, id, lost, sequence, replica, at_millis FROM hf_record_history WHERE scope = ?";

    private static final HexFormat HEX = HexFormat.of();

    private final Session session;
    private final String scope;

    ScopeTables(Session session, String scope) {
        this.session = session;
        this.scope = scope;
    }

    Optional<ScopeHead> head() throws SQLException {
        return session.first(HEAD, this::head, scope);
    }

    /** The scope's row, held until the transaction ends; if there is none, its name is held. */
    Optional<ScopeHead> lockedHead() throws SQLException {
        String locking = HEAD + session.dialect().lockingRow();
        Optional<ScopeHead> head = session.first(locking, this::head, scope);
        if (head.isEmpty()) {
            session.dialect().lockAbsentScope(session, scope);
            head = session.first(locking, this::head, scope);
        }
        return head;
    }

    private ScopeHead head(ResultSet row) throws SQLException {
        return new ScopeHead(
                scope,
                new ScopeKey(row.getBytes(1)),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                DigestSum.of(row.getBytes(5)));
    }

    Optional<ReplicaRow> replica(String replica) throws SQLException {
        return session.first(REPLICAS + " AND replica = ?", ScopeTables::replica, scope, replica);
    }

    List<ReplicaRow> replicas(int limit) throws SQLException {
        return session.query(
                REPLICAS + " ORDER BY seen_at_millis DESC, replica LIMIT ?", ScopeTables::replica, scope, (long) limit);
    }

    private static ReplicaRow replica(ResultSet row) throws SQLException {
        return new ReplicaRow(
                row.getString(1),
                row.getString(2),
                incarnations(row.getString(3)),
                new BatchMark(row.getLong(4), row.getString(5)),
                row.getString(6),
                row.getLong(7),
                row.getLong(8));
    }

    private static List<Long> incarnations(String text) {
        List<Long> incarnations = new ArrayList<>();
        for (String digits : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
            incarnations.add(HexFormat.fromHexDigitsToLong(digits));
        }
        return incarnations;
    }

    Optional<ChainLink> link(Cursor cursor) throws SQLException {
        return session.first(
                "SELECT sequence, chain, at_millis FROM hf_scope_chain WHERE scope = ? AND sequence >= ?"
                        + " ORDER BY sequence LIMIT 1",
                row -> new ChainLink(row.getLong(1), row.getString(2), row.getLong(3)),
                scope,
                cursor.sequence());
    }

    List<Optional<ChainLink>> links(List<Cursor> cursors) throws SQLException {
        List<Optional<ChainLink>> links = new ArrayList<>(cursors.size());
        for (Cursor cursor : cursors) {
            links.add(link(cursor));
        }
        return links;
    }

    List<Loser> history(RecordKey key, int limit) throws SQLException {
        return session.query(
                HISTORY + " AND collection = ? AND id = ? ORDER BY entry DESC LIMIT ?",
                ScopeTables::loser,
                scope,
                key.collection(),
                key.id(),
                (long) limit);
    }

    List<Loser> history(int limit) throws SQLException {
        return session.query(HISTORY + " ORDER BY entry DESC LIMIT ?", ScopeTables::loser, scope, (long) limit);
    }

    private static Loser loser(ResultSet row) throws SQLException {
        return new Loser(
                new RecordKey(row.getString(1), row.getString(2)),
                StateCodec.decode(row.getBytes(3)),
                row.getLong(4),
                row.getString(5),
                row.getLong(6));
    }

    /** Writes everything of an update but its records. */
    void write(ScopeUpdate<?> update) throws SQLException {
        if (update.head().isPresent()) {
            ScopeHead head = update.head().get();
            upsert(
                    MetadataTables.SCOPE,
                    head.key().bytes(),
                    head.epoch(),
                    head.sequence(),
                    head.chain(),
                    head.root().bytes());
        }
        if (update.replica().isPresent()) {
            write(update.replica().get());
        }
        if (update.link().isPresent()) {
            ChainLink link = update.link().get();
            upsert(MetadataTables.CHAIN, link.sequence(), link.chain(), link.atMillis());
        }
        write(update.losers());
        write(update.evidence());
    }

    private void write(Evidence evidence) throws SQLException {
        if (!evidence.gaps().isEmpty()) {
            GapBook book = new GapBook(new SqlTrail(session, scope), evidence.atMillis());
            evidence.gaps().forEach(step -> step.writeInto(book));
        }
        if (evidence.proof().isPresent()) {
            Proof proof = evidence.proof().get().proof();
            upsert(
                    MetadataTables.PROOF,
                    proof.level().name(),
                    evidence.proof().get().replica(),
                    proof.equal() ? 1L : 0L,
                    proof.atMillis(),
                    proof.records(),
                    proof.sequence());
        }
    }

    List<ScopeProof> proofs(int limit) throws SQLException {
        return session.query(
                "SELECT level, replica, equal, at_millis, records, sequence FROM hf_proof WHERE scope = ?"
                        + " ORDER BY level, replica LIMIT ?",
                row -> new ScopeProof(
                        row.getString(2),
                        new Proof(
                                Proof.Level.valueOf(row.getString(1)),
                                row.getLong(3) != 0,
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6))),
                scope,
                (long) limit);
    }

    private void write(ReplicaRow replica) throws SQLException {
        upsert(
                MetadataTables.REPLICA,
                replica.replica(),
                replica.principal(),
                replica.incarnations().stream().map(HEX::toHexDigits).collect(Collectors.joining(" ")),
                replica.last().number(),
                replica.last().hash(),
                replica.results(),
                replica.sequence(),
                replica.seenAtMillis());
    }

    private void write(List<Loser> losers) throws SQLException {
        if (losers.isEmpty()) {
            return;
        }
        long entry = session.first(
                        "SELECT coalesce(max(entry), 0) FROM hf_record_history WHERE scope = ?",
                        row -> row.getLong(1),
                        scope)
                .orElse(0L);
        List<@Nullable Object[]> rows = new ArrayList<>(losers.size());
        for (Loser loser : losers) {
            entry++;
            rows.add(new Object[] {
                entry,
                loser.key().collection(),
                loser.key().id(),
                loser.sequence(),
                loser.replica(),
                loser.atMillis(),
                StateCodec.encode(loser.lost())
            });
        }
        session.upsert(MetadataTables.HISTORY, scope, rows);
    }

    private void upsert(io.holdfast.server.storage.sql.SqlTable table, Object... row) throws SQLException {
        session.upsert(table, scope, List.<@Nullable Object[]>of(row));
    }
}
