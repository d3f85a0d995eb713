package io.holdfast.server.run;

import io.holdfast.server.storage.SqlEngine;

class PostgresRunTest extends RunContract {

    @Override
    SqlEngine newEngine() {
        return SqlEngine.postgres();
    }

    @Override
    void refuseNames(String name) {
        engine.execute("ALTER TABLE sellers ADD CHECK (name <> '" + name + "')");
    }
}
