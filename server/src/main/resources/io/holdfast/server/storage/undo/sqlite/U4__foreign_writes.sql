-- Undoes V4__foreign_writes.sql. The triggers are gone already.
DROP TABLE hf_own_write;
DROP TABLE hf_foreign_write;
