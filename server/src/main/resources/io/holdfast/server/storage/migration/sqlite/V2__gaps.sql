-- Records that a proof found to be otherwise than they should be, numbered per scope. Here is this server, there the device.
CREATE TABLE hf_gap (
    scope           TEXT NOT NULL,
    gap             INTEGER NOT NULL,
    kind            TEXT NOT NULL,
    collection      TEXT NOT NULL,
    id              TEXT NOT NULL,
    here            BLOB NOT NULL,
    there           BLOB NOT NULL,
    found_by        TEXT NOT NULL,
    found_at_millis INTEGER NOT NULL,
    cause           TEXT NOT NULL,
    state           TEXT NOT NULL,
    how             TEXT NOT NULL,
    ended_at_millis INTEGER NOT NULL,
    PRIMARY KEY (scope, gap)
) STRICT;
CREATE INDEX hf_gap_unclosed ON hf_gap (scope, collection, id) WHERE state IN ('OPEN', 'REPAIRING');

-- Who did what, numbered per scope.
CREATE TABLE hf_audit (
    scope     TEXT NOT NULL,
    entry     INTEGER NOT NULL,
    at_millis INTEGER NOT NULL,
    who       TEXT NOT NULL,
    event     TEXT NOT NULL,
    detail    TEXT NOT NULL,
    PRIMARY KEY (scope, entry)
) STRICT;

-- The latest proof of each level: with a replica, or, without one, the server's look at its own rows.
CREATE TABLE hf_proof (
    scope     TEXT NOT NULL,
    level     TEXT NOT NULL,
    replica   TEXT NOT NULL,
    equal     INTEGER NOT NULL,
    at_millis INTEGER NOT NULL,
    records   INTEGER NOT NULL,
    sequence  INTEGER NOT NULL,
    PRIMARY KEY (scope, level, replica)
) STRICT;
