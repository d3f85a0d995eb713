package io.holdfast.server.run.lease;

import io.holdfast.server.storage.SqlEngine;

class PostgresLeasesTest extends LeasesContract {

    @Override
    SqlEngine newEngine() {
        return SqlEngine.postgres();
    }
}
