package io.holdfast.store.sqlite;

import io.holdfast.core.local.LocalStorage;
import io.holdfast.core.local.memory.InMemoryLocalStorage;

class InMemoryLocalStorageTest extends LocalStorageContract {

    private final LocalStorage storage = new InMemoryLocalStorage(Samples.DEVICE);

    @Override
    LocalStorage storage() {
        return storage;
    }
}
