package io.holdfast.server.storage;

final class PostgresScrubTest extends ScrubContract {

    @Override
    SqlEngine engine() {
        return SqlEngine.postgres();
    }
}
