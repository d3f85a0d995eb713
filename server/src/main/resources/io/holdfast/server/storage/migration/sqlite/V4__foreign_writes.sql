-- Rows of typed tables that other programs wrote, as triggers on these tables record them, until an append takes them into their
-- records. The triggers and the tables hf_before_... come and go with the typed tables. Code: why a row was refused, else empty.
CREATE TABLE hf_foreign_write (
    entry      INTEGER PRIMARY KEY,
    scope      TEXT NOT NULL,
    collection TEXT NOT NULL,
    id         TEXT NOT NULL,
    operation  TEXT NOT NULL,
    at_millis  INTEGER NOT NULL,
    code       TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX hf_foreign_write_record ON hf_foreign_write (scope, collection, id);
CREATE INDEX hf_foreign_write_waiting ON hf_foreign_write (entry) WHERE code = '';

-- Has a row only within transactions of the server while it writes typed tables: nobody else ever sees it.
CREATE TABLE hf_own_write (
    mark INTEGER NOT NULL
) STRICT;
