package io.holdfast.server.run.lease;

import io.holdfast.server.storage.SqlEngine;

class SqliteLeasesTest extends LeasesContract {

    @Override
    SqlEngine newEngine() {
        return SqlEngine.sqlite(folder.resolve("server.db"));
    }
}
