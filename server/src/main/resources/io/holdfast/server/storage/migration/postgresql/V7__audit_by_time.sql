-- What happened is read in the order of time, over all scopes.
CREATE INDEX hf_audit_at ON hf_audit (at_millis);
