package io.holdfast.server.storage;

class PostgresSchemaUpgradeTest extends SchemaUpgradeContract {

    @Override
    SqlEngine newEngine() {
        return SqlEngine.postgres();
    }

    @Override
    String indexText() {
        return "SELECT indexdef FROM pg_indexes WHERE tablename = 'notes' AND indexname LIKE 'hf_index%'";
    }
}
