-- What the last verified reading of a target's source came to: the same bytes under the same mapping come to the same again.
CREATE TABLE hf_reading (
    scope       TEXT COLLATE "C" NOT NULL,
    collection  TEXT COLLATE "C" NOT NULL,
    fingerprint TEXT COLLATE "C" NOT NULL,
    row_count   BIGINT NOT NULL,
    blank       BIGINT NOT NULL,
    duplicates  BIGINT NOT NULL,
    sums        BYTEA NOT NULL,
    PRIMARY KEY (scope, collection)
);
