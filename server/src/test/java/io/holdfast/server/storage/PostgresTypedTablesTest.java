package io.holdfast.server.storage;

class PostgresTypedTablesTest extends TypedTablesContract {

    @Override
    SqlEngine newEngine() {
        return SqlEngine.postgres();
    }

    @Override
    String instantText() {
        return "SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM entries";
    }
}
