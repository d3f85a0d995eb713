-- What the last verified reading of a target's source came to: the same bytes under the same mapping come to the same again.
CREATE TABLE hf_reading (
    scope       TEXT NOT NULL,
    collection  TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    row_count   INTEGER NOT NULL,
    blank       INTEGER NOT NULL,
    duplicates  INTEGER NOT NULL,
    sums        BLOB NOT NULL,
    PRIMARY KEY (scope, collection)
) STRICT;
