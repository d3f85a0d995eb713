package io.holdfast.server.storage;

class PostgresSchemaUpgradeTest extends SchemaUpgradeContract {

    @Override
    SqlEngine newEngine() {
        return SqlEngine.postgres();
    }
}
