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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Map<String, Map<RecordKey, Recomputed>> server = new HashMap<>();
        List.of(World.SCOPE, World.OTHER_SCOPE).forEach(scope -> server.put(scope, checkServer(scope)));
        world.devices().forEach(device -> checkDevice(device, server.getOrDefault(device.scope(), Map.of())));
    }

    /** What a state of a record comes to under a scope's key. */
    private record Recomputed(RecordState state, Digest digest, int bucket) {
        static Recomputed of(Digester digester, RecordKey key, RecordState state) {
            return new Recomputed(state, digester.digest(key, state), digester.bucket(key));
        }
    }

    private Map<RecordKey, Recomputed> checkServer(String scope) {
        Map<RecordKey, Recomputed> recomputed = new HashMap<>();
        world.server().storage().snapshot(scope, snapshot -> {
            if (snapshot.head().isEmpty()) {
                return false;
            }
            ScopeHead head = snapshot.head().get();
            Digester digester = new Digester(head.key());
            DigestSum sum = DigestSum.ZERO;
            for (ServerRecord row : snapshot.changesSince(0, Integer.MAX_VALUE, Long.MAX_VALUE)) {
                Recomputed right = Recomputed.of(digester, row.key(), row.state());
                recomputed.put(row.key(), right);
                sum = sum(sum, row.key(), right, row.digest(), row.bucket());
            }
            same("the server", head.root(), sum);
            return true;
        });
        return recomputed;
    }

    /** Of a state that the server has too, what was recomputed there. */
    private void checkDevice(DeviceNode device, Map<RecordKey, Recomputed> server) {
        Optional<ScopeKey> key = device.storage()
                .read(transaction -> transaction.device().identity().scopeKey());
        if (key.isEmpty()) {
            return;
        }
        Digester digester = new Digester(key.get());
        DigestSum sum = DigestSum.ZERO;
        for (LocalRecord record : device.storage().records()) {
            if (!record.confirmed().absent()) {
                Recomputed there = server.get(record.key());
                Recomputed right = there != null && there.state().equals(record.confirmed())
                        ? there
                        : Recomputed.of(digester, record.key(), record.confirmed());
                sum = sum(sum, record.key(), right, record.digest(), record.bucket());
            }
        }
        same(device.name(), device.storage().read(transaction -> transaction.root()), sum);
    }

    private DigestSum sum(DigestSum sum, RecordKey key, Recomputed right, Digest stored, int bucket) {
        if (!right.digest().equals(stored) || bucket != right.bucket()) {
            throw violation("the stored digest or bucket of " + key + " is wrong");
        }
        return stored.isNone() ? sum : sum.plus(stored);
    }

    private void same(String who, DigestSum stored, DigestSum recomputed) {
        if (!stored.equals(recomputed)) {
            throw violation("the root of " + who + " is " + stored + " and not " + recomputed);
        }
    }
}
