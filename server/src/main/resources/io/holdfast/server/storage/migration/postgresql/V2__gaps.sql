-- Records that a proof found to be otherwise than they should be, numbered per scope. Here is this server, there the device.
CREATE TABLE hf_gap (
    scope           TEXT COLLATE "C" NOT NULL,
    gap             BIGINT NOT NULL,
    kind            TEXT COLLATE "C" NOT NULL,
    collection      TEXT COLLATE "C" NOT NULL,
    id              TEXT COLLATE "C" NOT NULL,
    here            BYTEA NOT NULL,
    there           BYTEA NOT NULL,
    found_by        TEXT COLLATE "C" NOT NULL,
    found_at_millis BIGINT NOT NULL,
    cause           TEXT COLLATE "C" NOT NULL,
    state           TEXT COLLATE "C" NOT NULL,
    how             TEXT COLLATE "C" NOT NULL,
    ended_at_millis BIGINT NOT NULL,
    PRIMARY KEY (scope, gap)
);
CREATE INDEX hf_gap_unclosed ON hf_gap (scope, collection, id) WHERE state IN ('OPEN', 'REPAIRING');

-- Who did what, numbered per scope.
CREATE TABLE hf_audit (
    scope     TEXT COLLATE "C" NOT NULL,
    entry     BIGINT NOT NULL,
    at_millis BIGINT NOT NULL,
    who       TEXT COLLATE "C" NOT NULL,
    event     TEXT COLLATE "C" NOT NULL,
    detail    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (scope, entry)
);

-- The latest proof of each level: with a replica, or, without one, the server's look at its own rows.
CREATE TABLE hf_proof (
    scope     TEXT COLLATE "C" NOT NULL,
    level     TEXT COLLATE "C" NOT NULL,
    replica   TEXT COLLATE "C" NOT NULL,
    equal     BIGINT NOT NULL,
    at_millis BIGINT NOT NULL,
    records   BIGINT NOT NULL,
    sequence  BIGINT NOT NULL,
    PRIMARY KEY (scope, level, replica)
);
