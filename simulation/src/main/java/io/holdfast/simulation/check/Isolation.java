package io.holdfast.simulation.check;

import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.protocol.ChangeResult;
import io.holdfast.core.protocol.ExchangeAnswer;
import io.holdfast.core.protocol.ExchangeRequest;
import io.holdfast.core.protocol.ReconcileAnswer;
import io.holdfast.core.protocol.ReconcileRequest;
import io.holdfast.core.protocol.RemoteRecord;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.simulation.world.DeviceNode;
import io.holdfast.simulation.world.Ledger;
import io.holdfast.simulation.world.Presence;
import io.holdfast.simulation.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Nothing of one scope is ever visible in another. On worlds with two scopes whose records have the same ids: no text of the
 * one is in an answer to a device of the other, on that device, or in that scope's rows or history; the number of records and
 * the fingerprint that a device is told are those of its own scope's rows alone; and the two have different keys, so that equal
 * records have different digests.
 *
 * <p>Does not verify who may ask for a scope, which the server's shell decides from the token, nor what answers tell by their
 * size or timing.
 */
public final class Isolation implements Checker {

    private static final List<String> SCOPES = List.of(World.SCOPE, World.OTHER_SCOPE);

    private final World world;
    private final boolean twoScopes;
    private final Map<String, Map<RecordKey, Digested>> digests = new HashMap<>();

    /** A row as it was when its digest was computed here. */
    private record Digested(ScopeKey scope, RecordState state, Digest digest) {}

    Isolation(World world) {
        this.world = world;
        this.twoScopes =
                world.devices().stream().map(DeviceNode::scope).distinct().count() > 1;
    }

    @Override
    public void exchanged(ExchangeRequest request, ExchangeAnswer answer) {
        if (!twoScopes || !(answer instanceof ExchangeAnswer.Applied applied)) {
            return;
        }
        String scope = request.sender().scope();
        applied.changes().forEach(record -> check(scope, record, "an answer"));
        for (ChangeResult result : applied.results()) {
            switch (result) {
                case ChangeResult.Merged merged -> check(scope, merged.record(), "a result");
                case ChangeResult.Conflict conflict -> check(scope, conflict.record(), "a result");
                case ChangeResult.Accepted ignored -> {}
                case ChangeResult.Refused ignored -> {}
            }
        }
        if (applied.complete()) {
            told(scope, applied);
        }
    }

    @Override
    public void reconciled(ReconcileRequest request, ReconcileAnswer answer) {
        if (!twoScopes) {
            return;
        }
        String scope = request.sender().scope();
        answer.changes().forEach(record -> check(scope, record, "a comparison"));
        switch (answer.reply()) {
            case ReconcileAnswer.Reply.Leaves leaves ->
                leaves.records().forEach(record -> check(scope, record, "a comparison"));
            case ReconcileAnswer.Reply.Nodes nodes -> counted(scope, nodes.records());
            case ReconcileAnswer.Reply.Behind ignored -> {}
        }
    }

    /** What the device hears of the whole scope, against the scope's own rows. */
    private void told(String scope, ExchangeAnswer.Applied answer) {
        counted(scope, answer.records());
        ScopeHead head = head(scope);
        Digester digester = new Digester(head.key());
        DigestSum root = DigestSum.ZERO;
        for (ServerRecord row : rows(scope)) {
            Digest digest = digest(head, row, digester);
            root = digest.isNone() ? root : root.plus(digest);
        }
        String own = digester.fingerprint(
                scope, answer.cursor().epoch(), answer.cursor().sequence(), root);
        if (!own.equals(answer.fingerprint())) {
            throw violation("the fingerprint told in " + scope + " is not that of its own rows");
        }
    }

    /** From the row itself, never from what is stored beside it; a row that is as it was has the digest it had. */
    private Digest digest(ScopeHead head, ServerRecord row, Digester digester) {
        Map<RecordKey, Digested> known = digests.computeIfAbsent(head.scope(), scope -> new HashMap<>());
        Digested before = known.get(row.key());
        if (before != null
                && before.state().equals(row.state())
                && before.scope().equals(head.key())) {
            return before.digest();
        }
        Digest digest = digester.digest(row.key(), row.state());
        known.put(row.key(), new Digested(head.key(), row.state(), digest));
        return digest;
    }

    private void counted(String scope, long told) {
        long own = rows(scope).stream().filter(row -> row.state().live()).count();
        if (told != own) {
            throw violation("in " + scope + " a device is told of " + told + " records, of which there are " + own);
        }
    }

    private ScopeHead head(String scope) {
        return world.server()
                .storage()
                .snapshot(scope, snapshot -> snapshot.head().orElseThrow());
    }

    private List<ServerRecord> rows(String scope) {
        return world.server()
                .storage()
                .snapshot(scope, snapshot -> snapshot.changesSince(0, Integer.MAX_VALUE, Long.MAX_VALUE));
    }

    @Override
    public void ended() {
        if (!twoScopes) {
            return;
        }
        for (DeviceNode device : world.devices()) {
            for (LocalRecord record : device.storage().records()) {
                check(device.scope(), record.confirmed(), device.name());
            }
        }
        for (String scope : SCOPES) {
            rows(scope).forEach(row -> check(scope, row.state(), "the server"));
            world.server()
                    .storage()
                    .snapshot(scope, snapshot -> snapshot.history(Integer.MAX_VALUE))
                    .forEach(loser -> check(scope, loser.lost(), "the server's history"));
        }
        if (head(World.SCOPE).key().equals(head(World.OTHER_SCOPE).key())) {
            throw violation("both scopes have the same key");
        }
    }

    private void check(String scope, RemoteRecord record, String where) {
        check(scope, record.state(), where);
    }

    private void check(String scope, RecordState state, String where) {
        Ledger ledger = world.ledger();
        for (Cell cell : state.cells().values()) {
            int token = Presence.token(cell.value());
            String written = token == 0 ? "" : ledger.scopeOf(token);
            if (!written.isEmpty() && !written.equals(scope)) {
                throw violation(where + " holds in " + scope + " what was written in " + written);
            }
        }
    }
}
