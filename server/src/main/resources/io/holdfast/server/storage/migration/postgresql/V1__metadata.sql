-- What stands beside the typed tables of the collections. Every key begins with the scope, so that a distributed engine can
-- shard by it. Times are milliseconds since 1970.

-- One row: moves whenever a typed table changes its shape, so that every process notices.
CREATE TABLE hf_catalogue (
    generation BIGINT NOT NULL
);
INSERT INTO hf_catalogue (generation) VALUES (0);

-- The newest version of each schema that was served, as its canonical JSON.
CREATE TABLE hf_schema (
    name    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    text    TEXT COLLATE "C" NOT NULL
);

-- The collections that have a typed table, and whose schema they belong to: empty for those of every schema.
CREATE TABLE hf_collection (
    collection  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    schema_name TEXT COLLATE "C" NOT NULL
);

-- The columns of the typed tables. Kind is a type of field, COUNTER, DECIMAL_COUNTER or UNION; digits and scale are 0 unless
-- decimal.
CREATE TABLE hf_field (
    collection TEXT COLLATE "C" NOT NULL,
    field      TEXT COLLATE "C" NOT NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    digits     BIGINT NOT NULL,
    scale      BIGINT NOT NULL,
    PRIMARY KEY (collection, field)
);

CREATE TABLE hf_scope (
    scope     TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    scope_key BYTEA NOT NULL,
    epoch     TEXT COLLATE "C" NOT NULL,
    sequence  BIGINT NOT NULL,
    chain     TEXT COLLATE "C" NOT NULL,
    root      BYTEA NOT NULL
);

-- Incarnations: 16 hexadecimal digits each, separated by spaces.
CREATE TABLE hf_replica (
    scope          TEXT COLLATE "C" NOT NULL,
    replica        TEXT COLLATE "C" NOT NULL,
    principal      TEXT COLLATE "C" NOT NULL,
    incarnations   TEXT COLLATE "C" NOT NULL,
    batch_number   BIGINT NOT NULL,
    batch_hash     TEXT COLLATE "C" NOT NULL,
    results        TEXT COLLATE "C" NOT NULL,
    sequence       BIGINT NOT NULL,
    seen_at_millis BIGINT NOT NULL,
    PRIMARY KEY (scope, replica)
);

CREATE TABLE hf_scope_chain (
    scope     TEXT COLLATE "C" NOT NULL,
    sequence  BIGINT NOT NULL,
    chain     TEXT COLLATE "C" NOT NULL,
    at_millis BIGINT NOT NULL,
    PRIMARY KEY (scope, sequence)
);

-- The latest state of every record: of a live one what does not stand in its typed row, of a tombstone everything. A
-- tombstone has no digest. Size is what record and row take together, in bytes, so that pages can be cut before reading.
CREATE TABLE hf_record_head (
    scope      TEXT COLLATE "C" NOT NULL,
    collection TEXT COLLATE "C" NOT NULL,
    id         TEXT COLLATE "C" NOT NULL,
    sequence   BIGINT NOT NULL,
    digest     BYTEA,
    bucket     BIGINT NOT NULL,
    size       BIGINT NOT NULL,
    meta       BYTEA NOT NULL,
    PRIMARY KEY (scope, collection, id)
);
CREATE UNIQUE INDEX hf_record_head_sequence ON hf_record_head (scope, sequence);

-- Cells that were offered and do not stand, numbered per scope.
CREATE TABLE hf_record_history (
    scope      TEXT COLLATE "C" NOT NULL,
    entry      BIGINT NOT NULL,
    collection TEXT COLLATE "C" NOT NULL,
    id         TEXT COLLATE "C" NOT NULL,
    sequence   BIGINT NOT NULL,
    replica    TEXT COLLATE "C" NOT NULL,
    at_millis  BIGINT NOT NULL,
    lost       BYTEA NOT NULL,
    PRIMARY KEY (scope, entry)
);
CREATE INDEX hf_record_history_record ON hf_record_history (scope, collection, id, entry);

-- Tokens: never their secret. Scopes: one a line.
CREATE TABLE hf_token (
    id                TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    secret_hash       TEXT COLLATE "C" NOT NULL,
    principal         TEXT COLLATE "C" NOT NULL,
    role              TEXT COLLATE "C" NOT NULL,
    scopes            TEXT COLLATE "C" NOT NULL,
    created_at_micros BIGINT NOT NULL,
    expires_at_micros BIGINT,
    revoked_at_micros BIGINT
);
