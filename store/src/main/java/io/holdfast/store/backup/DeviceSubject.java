package io.holdfast.store.backup;

import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.error.ErrorCode;
import io.holdfast.core.error.HoldfastException;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.local.RowCheck;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.schema.Schema;
import io.holdfast.core.schema.SchemaHash;
import io.holdfast.store.sqlite.StoreCopy;
import io.holdfast.store.sqlite.StoreLock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The store of a device. Stateless. */
public final class DeviceSubject implements Subject {

    @Override
    public Manifest.Kind kind() {
        return Manifest.Kind.DEVICE;
    }

    @Override
    public Manifest.Content content(Path database) {
        try (StoreCopy copy = StoreCopy.open(database)) {
            Schema schema = copy.schema();
            String named = schema.name() + " " + schema.version() + " " + SchemaHash.of(schema);
            return copy.read(transaction -> content(transaction, named, String.valueOf(copy.layout())));
        }
    }

    private static Manifest.Content content(LocalTransaction transaction, String schema, String layout) {
        DeviceState.Identity identity = transaction.device().identity();
        Optional<ScopeKey> key = identity.scopeKey();
        long damaged =
                key.map(known -> RowCheck.of(transaction, known).damaged()).orElse(0L);
        Account account = transaction.account();
        long unsettled = account.in(ChangeState.PENDING)
                + account.in(ChangeState.IN_FLIGHT)
                + account.in(ChangeState.QUARANTINED);
        return new Manifest.Content(
                Manifest.Kind.DEVICE,
                layout,
                List.of(schema),
                identity.scope(),
                identity.replica(),
                new Manifest.Counts(1, transaction.root().count(), unsettled, damaged),
                key.map(known -> fingerprint(transaction, identity.scope(), known))
                        .orElse(""));
    }

    private static String fingerprint(LocalTransaction transaction, String scope, ScopeKey key) {
        Cursor cursor = transaction.device().progress().cursor();
        return new Digester(key).fingerprint(scope, cursor.epoch(), cursor.sequence(), transaction.root());
    }

    @Override
    public void requireFits(Manifest.Content content, Path there) {
        String scope;
        try {
            scope = content(there).scope();
        } catch (HoldfastException unreadable) {
            return;
        }
        if (!scope.equals(content.scope())) {
            throw new HoldfastException(
                    ErrorCode.BACKUP_UNFIT,
                    "The backup holds the records of " + content.scope() + ", but the store " + there.getFileName()
                            + " those of " + scope + ". Restore it to another path.");
        }
    }

    @Override
    public Hold hold(Path database) {
        return StoreLock.take(database)::close;
    }
}
