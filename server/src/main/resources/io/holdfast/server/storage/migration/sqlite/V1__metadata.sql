-- What stands beside the typed tables of the collections. Every key begins with the scope, so that a distributed engine can
-- shard by it. Times are milliseconds since 1970.

-- One row: moves whenever a typed table changes its shape, so that every process notices.
CREATE TABLE hf_catalogue (
    generation INTEGER NOT NULL
) STRICT;
INSERT INTO hf_catalogue (generation) VALUES (0);

-- The newest version of each schema that was served, as its canonical JSON.
CREATE TABLE hf_schema (
    name    TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    text    TEXT NOT NULL
) STRICT;

-- The collections that have a typed table, and whose schema they belong to: empty for those of every schema.
CREATE TABLE hf_collection (
    collection  TEXT NOT NULL PRIMARY KEY,
    schema_name TEXT NOT NULL
) STRICT;

-- The columns of the typed tables. Kind is a type of field, COUNTER, DECIMAL_COUNTER or UNION; digits and scale are 0 unless
-- decimal.
CREATE TABLE hf_field (
    collection TEXT NOT NULL,
    field      TEXT NOT NULL,
    kind       TEXT NOT NULL,
    digits     INTEGER NOT NULL,
    scale      INTEGER NOT NULL,
    PRIMARY KEY (collection, field)
) STRICT;

CREATE TABLE hf_scope (
    scope     TEXT NOT NULL PRIMARY KEY,
    scope_key BLOB NOT NULL,
    epoch     TEXT NOT NULL,
    sequence  INTEGER NOT NULL,
    chain     TEXT NOT NULL,
    root      BLOB NOT NULL
) STRICT;

-- Incarnations: 16 hexadecimal digits each, separated by spaces.
CREATE TABLE hf_replica (
    scope          TEXT NOT NULL,
    replica        TEXT NOT NULL,
    principal      TEXT NOT NULL,
    incarnations   TEXT NOT NULL,
    batch_number   INTEGER NOT NULL,
    batch_hash     TEXT NOT NULL,
    results        TEXT NOT NULL,
    sequence       INTEGER NOT NULL,
    seen_at_millis INTEGER NOT NULL,
    PRIMARY KEY (scope, replica)
) STRICT;

CREATE TABLE hf_scope_chain (
    scope     TEXT NOT NULL,
    sequence  INTEGER NOT NULL,
    chain     TEXT NOT NULL,
    at_millis INTEGER NOT NULL,
    PRIMARY KEY (scope, sequence)
) STRICT;

-- The latest state of every record: of a live one what does not stand in its typed row, of a tombstone everything. A
-- tombstone has no digest. Size is what record and row take together, in bytes, so that pages can be cut before reading.
CREATE TABLE hf_record_head (
    scope      TEXT NOT NULL,
    collection TEXT NOT NULL,
    id         TEXT NOT NULL,
    sequence   INTEGER NOT NULL,
    digest     BLOB,
    bucket     INTEGER NOT NULL,
    size       INTEGER NOT NULL,
    meta       BLOB NOT NULL,
    PRIMARY KEY (scope, collection, id)
) STRICT;
CREATE UNIQUE INDEX hf_record_head_sequence ON hf_record_head (scope, sequence);

-- Cells that were offered and do not stand, numbered per scope.
CREATE TABLE hf_record_history (
    scope      TEXT NOT NULL,
    entry      INTEGER NOT NULL,
    collection TEXT NOT NULL,
    id         TEXT NOT NULL,
    sequence   INTEGER NOT NULL,
    replica    TEXT NOT NULL,
    at_millis  INTEGER NOT NULL,
    lost       BLOB NOT NULL,
    PRIMARY KEY (scope, entry)
) STRICT;
CREATE INDEX hf_record_history_record ON hf_record_history (scope, collection, id, entry);

-- Tokens: never their secret. Scopes: one a line.
CREATE TABLE hf_token (
    id                TEXT NOT NULL PRIMARY KEY,
    secret_hash       TEXT NOT NULL,
    principal         TEXT NOT NULL,
    role              TEXT NOT NULL,
    scopes            TEXT NOT NULL,
    created_at_micros INTEGER NOT NULL,
    expires_at_micros INTEGER,
    revoked_at_micros INTEGER
) STRICT;
