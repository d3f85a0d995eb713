package io.holdfast.server.auth;

final class InMemoryTokenStorageTest extends TokenStorageContract {

    @Override
    protected TokenStorage storage() {
        return new InMemoryTokenStorage();
    }
}
