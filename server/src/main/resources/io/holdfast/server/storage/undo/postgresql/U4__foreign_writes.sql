-- Undoes V4__foreign_writes.sql. The triggers are gone already.
DROP FUNCTION hf_no_truncate();
DROP TABLE hf_foreign_write;
