-- Rows of typed tables that other programs wrote, as triggers on these tables record them, until an append takes them into their
-- records. The triggers and the tables hf_before_... come and go with the typed tables. Code: why a row was refused, else empty.
CREATE TABLE hf_foreign_write (
    entry      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    scope      TEXT COLLATE "C" NOT NULL,
    collection TEXT COLLATE "C" NOT NULL,
    id         TEXT COLLATE "C" NOT NULL,
    operation  TEXT COLLATE "C" NOT NULL,
    at_millis  BIGINT NOT NULL,
    code       TEXT COLLATE "C" NOT NULL DEFAULT ''
);
CREATE INDEX hf_foreign_write_record ON hf_foreign_write (scope, collection, id);
CREATE INDEX hf_foreign_write_waiting ON hf_foreign_write (entry) WHERE code = '';

CREATE FUNCTION hf_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Holdfast would not notice that % is truncated, and devices would keep its rows. Use DELETE.', TG_TABLE_NAME
        USING ERRCODE = 'feature_not_supported';
END
$$;
