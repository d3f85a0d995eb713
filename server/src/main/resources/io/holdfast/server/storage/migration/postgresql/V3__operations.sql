-- Runs, what came of each record, alerts, figures, settings: what operators read. Every row of a run names its scope first.

-- One row per run, moved as it goes. Counts are those of sync_record_logs and sync_error_logs, moved in their transactions.
CREATE TABLE sync_runs (
    scope             TEXT COLLATE "C" NOT NULL,
    run               TEXT COLLATE "C" NOT NULL,
    collection        TEXT COLLATE "C" NOT NULL,
    source            TEXT COLLATE "C" NOT NULL,
    cause             TEXT COLLATE "C" NOT NULL,
    started_by        TEXT COLLATE "C" NOT NULL,
    resumes           TEXT COLLATE "C" NOT NULL,
    dry_run           BIGINT NOT NULL,
    status            TEXT COLLATE "C" NOT NULL,
    phase             TEXT COLLATE "C" NOT NULL,
    done              BIGINT NOT NULL,
    total             BIGINT NOT NULL,
    records           BIGINT NOT NULL,
    created           BIGINT NOT NULL,
    updated           BIGINT NOT NULL,
    unchanged         BIGINT NOT NULL,
    deleted           BIGINT NOT NULL,
    kept              BIGINT NOT NULL,
    duplicates        BIGINT NOT NULL,
    quarantined       BIGINT NOT NULL,
    failed            BIGINT NOT NULL,
    errors            BIGINT NOT NULL,
    verified          BIGINT NOT NULL,
    source_count      BIGINT NOT NULL,
    target_count      BIGINT NOT NULL,
    gaps              BIGINT NOT NULL,
    surplus           BIGINT NOT NULL,
    mismatches        BIGINT NOT NULL,
    started_at_millis BIGINT NOT NULL,
    seen_at_millis    BIGINT NOT NULL,
    ended_at_millis   BIGINT NOT NULL,
    summary           TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (scope, run)
);
CREATE UNIQUE INDEX sync_runs_newest ON sync_runs (run);
CREATE INDEX sync_runs_target ON sync_runs (scope, collection, run);

-- What happened in a run, in its order: start, phases, recoveries, verifications, end.
CREATE TABLE sync_audit_logs (
    scope     TEXT COLLATE "C" NOT NULL,
    run       TEXT COLLATE "C" NOT NULL,
    entry     BIGINT NOT NULL,
    at_millis BIGINT NOT NULL,
    event     TEXT COLLATE "C" NOT NULL,
    who       TEXT COLLATE "C" NOT NULL,
    detail    TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (scope, run, entry)
);
CREATE INDEX sync_audit_logs_at ON sync_audit_logs (at_millis);

-- What came of each record of a run.
CREATE TABLE sync_record_logs (
    scope      TEXT COLLATE "C" NOT NULL,
    run        TEXT COLLATE "C" NOT NULL,
    entry      BIGINT NOT NULL,
    at_millis  BIGINT NOT NULL,
    source_row BIGINT NOT NULL,
    record_key TEXT COLLATE "C" NOT NULL,
    fate       TEXT COLLATE "C" NOT NULL,
    code       TEXT COLLATE "C" NOT NULL,
    detail     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (scope, run, entry)
);
CREATE INDEX sync_record_logs_key ON sync_record_logs (record_key, run, entry);
CREATE INDEX sync_record_logs_fate ON sync_record_logs (scope, run, fate, entry) WHERE fate NOT IN ('CREATED', 'UPDATED', 'UNCHANGED');

-- Each error of a run, with all that is needed to understand it.
CREATE TABLE sync_error_logs (
    scope      TEXT COLLATE "C" NOT NULL,
    run        TEXT COLLATE "C" NOT NULL,
    entry      BIGINT NOT NULL,
    at_millis  BIGINT NOT NULL,
    phase      TEXT COLLATE "C" NOT NULL,
    category   TEXT COLLATE "C" NOT NULL,
    code       TEXT COLLATE "C" NOT NULL,
    message    TEXT COLLATE "C" NOT NULL,
    source_row BIGINT NOT NULL,
    record_key TEXT COLLATE "C" NOT NULL,
    attempt    BIGINT NOT NULL,
    detail     TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (scope, run, entry)
);
CREATE INDEX sync_error_logs_key ON sync_error_logs (record_key, run, entry);

-- What people must know of. One row as long as the condition lasts; an open one is also what waits to be mailed.
CREATE TABLE sync_alerts (
    alert              TEXT COLLATE "C" NOT NULL,
    scope              TEXT COLLATE "C" NOT NULL,
    subject            TEXT COLLATE "C" NOT NULL,
    type               TEXT COLLATE "C" NOT NULL,
    severity           TEXT COLLATE "C" NOT NULL,
    message            TEXT COLLATE "C" NOT NULL,
    run                TEXT COLLATE "C" NOT NULL,
    state              TEXT COLLATE "C" NOT NULL,
    occurrences        BIGINT NOT NULL,
    first_at_millis    BIGINT NOT NULL,
    last_at_millis     BIGINT NOT NULL,
    handled_by         TEXT COLLATE "C" NOT NULL,
    handled_at_millis  BIGINT NOT NULL,
    note               TEXT COLLATE "C" NOT NULL,
    resolved_at_millis BIGINT NOT NULL,
    mail               TEXT COLLATE "C" NOT NULL,
    mailed_at_millis   BIGINT NOT NULL,
    PRIMARY KEY (alert)
);
CREATE UNIQUE INDEX sync_alerts_unresolved ON sync_alerts (type, scope, subject) WHERE state <> 'RESOLVED';
CREATE INDEX sync_alerts_mail ON sync_alerts (type, alert) WHERE mail = 'WAITING';

-- Figures of runs, raw: what is shown of them is computed from these rows.
CREATE TABLE sync_metrics (
    scope     TEXT COLLATE "C" NOT NULL,
    run       TEXT COLLATE "C" NOT NULL,
    metric    TEXT COLLATE "C" NOT NULL,
    at_millis BIGINT NOT NULL,
    value     BIGINT NOT NULL,
    PRIMARY KEY (scope, run, metric)
);
CREATE INDEX sync_metrics_at ON sync_metrics (metric, at_millis);

-- Each version of the settings, whole; the newest holds.
CREATE TABLE sync_config (
    version   BIGINT NOT NULL,
    at_millis BIGINT NOT NULL,
    who       TEXT COLLATE "C" NOT NULL,
    note      TEXT COLLATE "C" NOT NULL,
    settings  TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (version)
);

-- Who works on a target, until when unless he says more. The token grows with each holder.
CREATE TABLE sync_leases (
    scope           TEXT COLLATE "C" NOT NULL,
    name            TEXT COLLATE "C" NOT NULL,
    holder          TEXT COLLATE "C" NOT NULL,
    run             TEXT COLLATE "C" NOT NULL,
    token           BIGINT NOT NULL,
    until_millis    BIGINT NOT NULL,
    cancel_asked_by TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (scope, name)
);

-- What is done by the clock, once across all processes: when next, and who does it just now.
CREATE TABLE sync_jobs (
    name           TEXT COLLATE "C" NOT NULL,
    due_at_millis  BIGINT NOT NULL,
    holder         TEXT COLLATE "C" NOT NULL,
    until_millis   BIGINT NOT NULL,
    failures       BIGINT NOT NULL,
    last_at_millis BIGINT NOT NULL,
    PRIMARY KEY (name)
);
