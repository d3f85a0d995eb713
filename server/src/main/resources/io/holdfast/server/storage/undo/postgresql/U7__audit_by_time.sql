-- Undoes V7__audit_by_time.sql.
DROP INDEX hf_audit_at;
