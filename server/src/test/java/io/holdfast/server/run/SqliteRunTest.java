package io.holdfast.server.run;

import io.holdfast.server.storage.SqlEngine;

class SqliteRunTest extends RunContract {

    @Override
    SqlEngine newEngine() {
        return SqlEngine.sqlite(folder.resolve("server.db"));
    }

    @Override
    void refuseNames(String name) {
        engine.execute("CREATE TRIGGER no_" + name + " BEFORE INSERT ON sellers WHEN NEW.name = '" + name
                + "' BEGIN SELECT RAISE(FAIL, 'not here'); END");
    }
}
