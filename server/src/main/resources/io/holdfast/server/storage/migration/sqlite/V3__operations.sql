-- Runs, what came of each record, alerts, figures, settings: what operators read. Every row of a run names its scope first.

-- One row per run, moved as it goes. Counts are those of sync_record_logs and sync_error_logs, moved in their transactions.
CREATE TABLE sync_runs (
    scope             TEXT NOT NULL,
    run               TEXT NOT NULL,
    collection        TEXT NOT NULL,
    source            TEXT NOT NULL,
    cause             TEXT NOT NULL,
    started_by        TEXT NOT NULL,
    resumes           TEXT NOT NULL,
    dry_run           INTEGER NOT NULL,
    status            TEXT NOT NULL,
    phase             TEXT NOT NULL,
    done              INTEGER NOT NULL,
    total             INTEGER NOT NULL,
    records           INTEGER NOT NULL,
    created           INTEGER NOT NULL,
    updated           INTEGER NOT NULL,
    unchanged         INTEGER NOT NULL,
    deleted           INTEGER NOT NULL,
    kept              INTEGER NOT NULL,
    duplicates        INTEGER NOT NULL,
    quarantined       INTEGER NOT NULL,
    failed            INTEGER NOT NULL,
    errors            INTEGER NOT NULL,
    verified          INTEGER NOT NULL,
    source_count      INTEGER NOT NULL,
    target_count      INTEGER NOT NULL,
    gaps              INTEGER NOT NULL,
    surplus           INTEGER NOT NULL,
    mismatches        INTEGER NOT NULL,
    started_at_millis INTEGER NOT NULL,
    seen_at_millis    INTEGER NOT NULL,
    ended_at_millis   INTEGER NOT NULL,
    summary           TEXT NOT NULL,
    PRIMARY KEY (scope, run)
) STRICT;
CREATE UNIQUE INDEX sync_runs_newest ON sync_runs (run);
CREATE INDEX sync_runs_target ON sync_runs (scope, collection, run);

-- What happened in a run, in its order: start, phases, recoveries, verifications, end.
CREATE TABLE sync_audit_logs (
    scope     TEXT NOT NULL,
    run       TEXT NOT NULL,
    entry     INTEGER NOT NULL,
    at_millis INTEGER NOT NULL,
    event     TEXT NOT NULL,
    who       TEXT NOT NULL,
    detail    TEXT NOT NULL,
    PRIMARY KEY (scope, run, entry)
) STRICT;
CREATE INDEX sync_audit_logs_at ON sync_audit_logs (at_millis);

-- What came of each record of a run.
CREATE TABLE sync_record_logs (
    scope      TEXT NOT NULL,
    run        TEXT NOT NULL,
    entry      INTEGER NOT NULL,
    at_millis  INTEGER NOT NULL,
    source_row INTEGER NOT NULL,
    record_key TEXT NOT NULL,
    fate       TEXT NOT NULL,
    code       TEXT NOT NULL,
    detail     TEXT NOT NULL,
    PRIMARY KEY (scope, run, entry)
) STRICT;
CREATE INDEX sync_record_logs_key ON sync_record_logs (record_key, run, entry);
CREATE INDEX sync_record_logs_fate ON sync_record_logs (scope, run, fate, entry) WHERE fate NOT IN ('CREATED', 'UPDATED', 'UNCHANGED');

-- Each error of a run, with all that is needed to understand it.
CREATE TABLE sync_error_logs (
    scope      TEXT NOT NULL,
    run        TEXT NOT NULL,
    entry      INTEGER NOT NULL,
    at_millis  INTEGER NOT NULL,
    phase      TEXT NOT NULL,
    category   TEXT NOT NULL,
    code       TEXT NOT NULL,
    message    TEXT NOT NULL,
    source_row INTEGER NOT NULL,
    record_key TEXT NOT NULL,
    attempt    INTEGER NOT NULL,
    detail     TEXT NOT NULL,
    PRIMARY KEY (scope, run, entry)
) STRICT;
CREATE INDEX sync_error_logs_key ON sync_error_logs (record_key, run, entry);

-- What people must know of. One row as long as the condition lasts; an open one is also what waits to be mailed.
CREATE TABLE sync_alerts (
    alert              TEXT NOT NULL,
    scope              TEXT NOT NULL,
    subject            TEXT NOT NULL,
    type               TEXT NOT NULL,
    severity           TEXT NOT NULL,
    message            TEXT NOT NULL,
    run                TEXT NOT NULL,
    state              TEXT NOT NULL,
    occurrences        INTEGER NOT NULL,
    first_at_millis    INTEGER NOT NULL,
    last_at_millis     INTEGER NOT NULL,
    handled_by         TEXT NOT NULL,
    handled_at_millis  INTEGER NOT NULL,
    note               TEXT NOT NULL,
    resolved_at_millis INTEGER NOT NULL,
    mail               TEXT NOT NULL,
    mailed_at_millis   INTEGER NOT NULL,
    PRIMARY KEY (alert)
) STRICT;
CREATE UNIQUE INDEX sync_alerts_unresolved ON sync_alerts (type, scope, subject) WHERE state <> 'RESOLVED';
CREATE INDEX sync_alerts_mail ON sync_alerts (type, alert) WHERE mail = 'WAITING';

-- Figures of runs, raw: what is shown of them is computed from these rows.
CREATE TABLE sync_metrics (
    scope     TEXT NOT NULL,
    run       TEXT NOT NULL,
    metric    TEXT NOT NULL,
    at_millis INTEGER NOT NULL,
    value     INTEGER NOT NULL,
    PRIMARY KEY (scope, run, metric)
) STRICT;
CREATE INDEX sync_metrics_at ON sync_metrics (metric, at_millis);

-- Each version of the settings, whole; the newest holds.
CREATE TABLE sync_config (
    version   INTEGER NOT NULL,
    at_millis INTEGER NOT NULL,
    who       TEXT NOT NULL,
    note      TEXT NOT NULL,
    settings  TEXT NOT NULL,
    PRIMARY KEY (version)
) STRICT;

-- Who works on a target, until when unless he says more. The token grows with each holder.
CREATE TABLE sync_leases (
    scope           TEXT NOT NULL,
    name            TEXT NOT NULL,
    holder          TEXT NOT NULL,
    run             TEXT NOT NULL,
    token           INTEGER NOT NULL,
    until_millis    INTEGER NOT NULL,
    cancel_asked_by TEXT NOT NULL,
    PRIMARY KEY (scope, name)
) STRICT;

-- What is done by the clock, once across all processes: when next, and who does it just now.
CREATE TABLE sync_jobs (
    name           TEXT NOT NULL,
    due_at_millis  INTEGER NOT NULL,
    holder         TEXT NOT NULL,
    until_millis   INTEGER NOT NULL,
    failures       INTEGER NOT NULL,
    last_at_millis INTEGER NOT NULL,
    PRIMARY KEY (name)
) STRICT;
