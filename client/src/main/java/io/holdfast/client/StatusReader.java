package io.holdfast.client;

import io.holdfast.client.transport.Endpoint;
import io.holdfast.core.account.Account;
import io.holdfast.core.account.ChangeState;
import io.holdfast.core.engine.EngineStatus;
import io.holdfast.core.local.DeviceState;
import io.holdfast.store.Store;

/** Reads the status out of one state of a store. Thread-safe. */
record StatusReader(Store store, Endpoint server) {

    SyncStatus read(EngineStatus engine) {
        return store.storage().read(transaction -> {
            DeviceState device = transaction.device();
            Account account = transaction.account();
            return new SyncStatus(
                    device.identity().replica(),
                    device.identity().scope(),
                    server.toString(),
                    engine.phase(),
                    store.records(),
                    new SyncStatus.Unsettled(
                            account.in(ChangeState.PENDING),
                            account.in(ChangeState.IN_FLIGHT),
                            account.in(ChangeState.QUARANTINED),
                            store.review().openConflicts()),
                    device.progress().cursor(),
                    engine.lastExchangeMillis(),
                    SyncStatus.Evidence.of(transaction),
                    engine.last(),
                    device.clock().offsetMillis());
        });
    }
}
