package io.holdfast.simulation.check;

import io.holdfast.core.exchange.ScopeHead;
import io.holdfast.core.exchange.ServerRecord;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.reconcile.DigestSum;
import io.holdfast.core.reconcile.Digester;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.simulation.world.DeviceNode;
import io.holdfast.simulation.world.World;
import java.util.List;
import java.util.Optional;

/**
 * What is stored for proofs is what recomputing gives: every record's digest and bucket, and the root, on the server and on
 * every device. Checked at the end.
 *
 * <p>Does not verify the digest itself: that is the matter of its own tests.
 */
public final class Roots implements Checker {

    private final World world;

    Roots(World world) {
        this.world = world;
    }

    @Override
    public void ended() {
        List.of(World.SCOPE, World.OTHER_SCOPE).forEach(this::checkServer);
        world.devices().forEach(this::checkDevice);
    }

    private void checkServer(String scope) {
        world.server().storage().snapshot(scope, snapshot -> {
            if (snapshot.head().isEmpty()) {
                return false;
            }
            ScopeHead head = snapshot.head().get();
            Digester digester = new Digester(head.key());
            DigestSum sum = DigestSum.ZERO;
            for (ServerRecord row : snapshot.changesSince(0, Integer.MAX_VALUE, Long.MAX_VALUE)) {
                sum = sum(digester, sum, row.key(), row.state(), row.digest(), row.bucket());
            }
            same("the server", head.root(), sum);
            return true;
        });
    }

    private void checkDevice(DeviceNode device) {
        Optional<ScopeKey> key = device.storage()
                .read(transaction -> transaction.device().identity().scopeKey());
        if (key.isEmpty()) {
            return;
        }
        Digester digester = new Digester(key.get());
        DigestSum sum = DigestSum.ZERO;
        for (LocalRecord record : device.storage().records()) {
            if (!record.confirmed().absent()) {
                sum = sum(digester, sum, record.key(), record.confirmed(), record.digest(), record.bucket());
            }
        }
        same(device.name(), device.storage().read(transaction -> transaction.root()), sum);
    }

    private DigestSum sum(
            Digester digester, DigestSum sum, RecordKey key, RecordState state, Digest stored, int bucket) {
        Digest digest = digester.digest(key, state);
        if (!digest.equals(stored) || bucket != digester.bucket(key)) {
            throw violation("the stored digest or bucket of " + key + " is wrong");
        }
        return digest.isNone() ? sum : sum.plus(digest);
    }

    private void same(String who, DigestSum stored, DigestSum recomputed) {
        if (!stored.equals(recomputed)) {
            throw violation("the root of " + who + " is " + stored + " and not " + recomputed);
        }
    }
}
